import { ADVANCED_GROUPS } from '../../core/settings/advancedOptions';
import type { CredentialData } from '../../core/settings/credentialFields';
import { readTokenSettings } from '../../core/settings/readSending';
import { NodeHelpers, type ICredentialType, type INodeParameters } from 'n8n-workflow';
import { readSigningSettings } from '../../core/settings/readCredential';
import { readExchangeSettings } from '../../core/settings/readExchange';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';

const GROUPS = Object.keys(ADVANCED_GROUPS);

type Read = (data: CredentialData) => unknown;

/** What n8n's editor stores of a new credential: the default of the first property of each name. */
function storedByEditor({ properties }: ICredentialType): CredentialData {
	const data = Object.fromEntries(
		[...properties].reverse().map(({ name, default: value }) => [name, value]),
	);
	return JSON.parse(JSON.stringify(data)) as CredentialData;
}

/** What n8n hands over of what is stored: without fields that are not displayed. */
function handedOver({ properties }: ICredentialType, stored: CredentialData): CredentialData {
	const data = stored as INodeParameters;
	return NodeHelpers.getNodeParameters(properties, data, true, false, null, null) ?? {};
}

const exchange = new JwtExchangeApi();

describe('a form saved as it opens means the same as a credential of a script that leaves all out', () => {
	it.each<[string, ICredentialType, Read, CredentialData]>([
		['JWT Existing Token API', new JwtTokenApi(), readTokenSettings, {}],
		['JWT Sign API, HS256', new JwtSignApi(), readSigningSettings, { algorithm: 'HS256' }],
		['JWT Sign API, RS256', new JwtSignApi(), readSigningSettings, { algorithm: 'RS256' }],
		['JWT Bearer', exchange, readExchangeSettings, { grant: 'jwtBearer' }],
		['Client Credentials', exchange, readExchangeSettings, { grant: 'clientCredentials' }],
		['Custom Exchange', exchange, readExchangeSettings, { grant: 'custom' }],
	])('%s', (_name, type, read, chosen) => {
		const editor = storedByEditor(type);
		for (const useAdvanced of [false, true, [], ...GROUPS.map((group) => [group]), GROUPS]) {
			// The skeleton of the payload is the one thing a form has that a script has not.
			const script = { ...chosen, useAdvanced, payload: editor.payload };
			const form = handedOver(type, { ...editor, ...chosen, useAdvanced });
			expect(read(form)).toEqual(read(script));
		}
	});
});
