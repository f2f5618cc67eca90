import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';
import { publicJwkSet } from '../../core/keys/publicJwks';
import { publicHalf } from '../../core/keys/publicHalf';
import { discoveryDocument } from '../../core/sign/discoveryDocument';
import { networkOf } from '../common/networkOf';
import { readField } from '../common/nodeField';
import { warnOfPlainExchange } from '../common/plainExchange';
import { readAccessTokenForm } from './read/accessTokenForm';
import { useCredentialKeys, useExchangeCredential, useSigningCredential } from './read/credential';
import { readAdditionalKeys, readIssuerAddresses } from './read/issuerForm';
import { readPublicKeyForm } from './read/publicKeyForm';
import { readTokenForm } from './read/tokenForm';
import { accessTokenItem } from './respond/accessTokenItem';
import { tokenItem } from './respond/tokenItem';
import { getAccessToken } from './run/getAccessToken';
import { inspectCredential } from './run/inspectCredential';
import { makeToken } from './run/makeToken';

/**
 * Does for one item what the chosen operation says.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID` for an operation that cannot be run, and the codes of
 *   the chosen one
 */
export async function signItem(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData> {
	switch (readField(context, 0, 'operation')) {
		case 'getAccessToken': {
			const form = readAccessTokenForm(context, itemIndex);
			return await useExchangeCredential(context, itemIndex, async (settings) => {
				warnOfPlainExchange(context, settings);
				return accessTokenItem(await getAccessToken(settings, networkOf(context)), form);
			});
		}
		case 'getDiscoveryDocument': {
			const additional = readAdditionalKeys(context, itemIndex);
			return await useSigningCredential(context, itemIndex, async (settings) => {
				const addresses = readIssuerAddresses(context, itemIndex, settings);
				const keySet = await publicJwkSet(settings, additional);
				return { json: { ...discoveryDocument(addresses, keySet) } };
			});
		}
		case 'getPublicJwks': {
			const additional = readAdditionalKeys(context, itemIndex);
			return await useCredentialKeys(context, itemIndex, async ({ inUse, beside }) => {
				const { keys } = await publicJwkSet(inUse(), additional, beside());
				return { json: { keys: keys as IDataObject[] } };
			});
		}
		case 'getPublicKey': {
			const { whichKey, ...form } = readPublicKeyForm(context, itemIndex);
			return await useCredentialKeys(context, itemIndex, async (keys) => ({
				json: { ...(await publicHalf(keys[whichKey](), form, new Date())) } as IDataObject,
			}));
		}
		case 'inspectCredential':
			return { json: await inspectCredential(context, itemIndex) };
		case 'sign': {
			const form = readTokenForm(context, itemIndex);
			return await useSigningCredential(context, itemIndex, async (settings) =>
				tokenItem(await makeToken(settings, form), form, settings.metadata),
			);
		}
		default:
			// An error of each item, which goes where the person wants errors to go.
			throw new JwtAuthError('FIELD_INVALID', 'This operation cannot be run.', {
				hint: 'Choose another one. Custom API Call belongs to the HTTP Request node.',
			});
	}
}
