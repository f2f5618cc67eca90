import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { KEY_TYPES } from '../../core/authenticate/serviceKey';
import { testJwtSignApi, testJwtTokenApi } from '../common/credentialTests';
import { forEachItem } from '../common/forEachItem';
import { writtenField } from '../common/nodeField';
import { operationSubtitle } from '../common/operationSubtitle';
import { operationFields } from './description/operationFields';
import { signItem } from './signItem';

/** How many items are under way at once, where each may ask a token endpoint. */
const CONCURRENCY = 16;

/**
 * How many are signed at once, on Node's thread pool of four, which n8n shares. The more forms are read
 * in a row, the less time n8n takes for each.
 */
const SIGNED_AT_ONCE = 64;

const serviceKeyTypes = KEY_TYPES.map(({ type }) => type);

const forKeyOf = (type: string) => ({
	show: { operation: ['getPublicJwks', 'getPublicKey'], keyOf: [type] },
});

/** Makes JWTs as data, for what no HTTP request of n8n's can carry them in. */
export class JwtSign implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JWT Sign',
		name: 'jwtSign',
		icon: { light: 'file:../../icons/jwtSign.svg', dark: 'file:../../icons/jwtSign.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operationFields),
		description: 'Sign JWTs with the key of a credential',
		defaults: { name: 'JWT Sign' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'jwtExchangeApi',
				required: true,
				displayOptions: {
					hide: {
						operation: ['getDiscoveryDocument', 'sign'],
						keyOf: ['jwtSignApi', ...serviceKeyTypes],
						inspected: ['jwtSignApi', 'jwtTokenApi'],
					},
				},
			},
			{
				name: 'jwtSignApi',
				required: true,
				testedBy: 'testJwtSignApi',
				displayOptions: {
					hide: {
						operation: ['getAccessToken'],
						keyOf: ['jwtExchangeApi', ...serviceKeyTypes],
						inspected: ['jwtExchangeApi', 'jwtTokenApi'],
					},
				},
			},
			{
				name: 'jwtTokenApi',
				required: true,
				testedBy: 'testJwtTokenApi',
				displayOptions: {
					show: { operation: ['inspectCredential'], inspected: ['jwtTokenApi'] },
				},
			},
			{ name: 'appleAdsJwtApi', required: true, displayOptions: forKeyOf('appleAdsJwtApi') },
			{ name: 'auth0JwtApi', required: true, displayOptions: forKeyOf('auth0JwtApi') },
			{ name: 'docusignJwtApi', required: true, displayOptions: forKeyOf('docusignJwtApi') },
			{ name: 'entraAppJwtApi', required: true, displayOptions: forKeyOf('entraAppJwtApi') },
			{ name: 'keycloakJwtApi', required: true, displayOptions: forKeyOf('keycloakJwtApi') },
			{ name: 'lineJwtApi', required: true, displayOptions: forKeyOf('lineJwtApi') },
			{
				name: 'maskinportenJwtApi',
				required: true,
				displayOptions: forKeyOf('maskinportenJwtApi'),
			},
			{ name: 'netsuiteJwtApi', required: true, displayOptions: forKeyOf('netsuiteJwtApi') },
			{ name: 'oktaJwtApi', required: true, displayOptions: forKeyOf('oktaJwtApi') },
			{
				name: 'salesforceBearerJwtApi',
				required: true,
				displayOptions: forKeyOf('salesforceBearerJwtApi'),
			},
			{ name: 'servicenowJwtApi', required: true, displayOptions: forKeyOf('servicenowJwtApi') },
			{
				name: 'smartBackendJwtApi',
				required: true,
				displayOptions: forKeyOf('smartBackendJwtApi'),
			},
			{ name: 'snowflakeJwtApi', required: true, displayOptions: forKeyOf('snowflakeJwtApi') },
		],
		properties: operationFields,
	};

	methods = { credentialTest: { testJwtSignApi, testJwtTokenApi } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isSigning = writtenField(this, 0, 'operation') === 'sign';
		const concurrency = isSigning ? SIGNED_AT_ONCE : CONCURRENCY;
		const items = await forEachItem(this, concurrency, async (itemIndex) => [
			await signItem(this, itemIndex),
		]);
		return [items];
	}
}
