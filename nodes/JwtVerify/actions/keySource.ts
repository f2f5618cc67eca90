import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { issuerDirectory } from '../../../core/verify/discovery';
import { JwtAuthError } from '../../../core/errors';
import type { FetchDocument } from '../../../core/verify/fetchDocument';
import { jwksCache } from '../../../core/verify/jwks';
import {
	pastedPublicKeys,
	pastedSecret,
	signingCredentialKey,
	type KeySource,
} from '../../../core/verify/keySource';
import { fetchSmall } from '../../../core/request/network';
import type { SecretEncoding } from '../../../core/keys/types';
import { networkOf } from '../../common/network';
import { readCredentialOnce } from '../../common/readCredentialOnce';

// One of each per process, so that all workflows together fetch a key set once.
const findJwks = jwksCache();
const findJwksUrl = issuerDirectory();

/** Where the keys of one item come from, and what follows from it for the checks. */
export interface ItemKeys {
	source: KeySource;
	/** `iss` that the tokens have to carry. */
	issuer?: string;
	/** Whether the keys sign tokens for many services. Default false. */
	signsForOthers?: boolean;
}

/** Fetches through n8n, so that its proxy and its rules against internal addresses hold. */
function documentFetcher(context: IExecuteFunctions, options: IDataObject): FetchDocument {
	const seconds = Number(options.timeout ?? 10);
	const network = networkOf(context);
	return async (url, limit) => {
		const request = { method: 'GET', url, headers: { accept: 'application/json' } } as const;
		const { status, body } = await fetchSmall(network, request, { seconds, bytes: limit });
		return { status, body: body?.toString('utf8') };
	};
}

async function credentialKey(context: IExecuteFunctions, itemIndex: number): Promise<KeySource> {
	const data = await readCredentialOnce(context, 'jwtSignApi', itemIndex);
	const { key, keyId, credentialExpiresAt } = readSigningSettings(data);
	daysUntilExpiry(credentialExpiresAt, new Date());
	return signingCredentialKey(key, keyId);
}

const seconds = (option: unknown): number | undefined =>
	typeof option === 'number' ? option : undefined;

/**
 * Reads the key source of one item from the form.
 *
 * @param options the Options collection
 * @throws {@link JwtAuthError} what is wrong with the key or its address
 */
export async function readKeySource(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): Promise<ItemKeys> {
	const parameter = (name: string): string => {
		const value = context.getNodeParameter(name, itemIndex, '');
		// An expression that came to nothing must not become the secret "undefined".
		return typeof value === 'string' ? value : '';
	};
	const kind = parameter('keySource');
	switch (kind) {
		case 'credential':
			return { source: await credentialKey(context, itemIndex) };
		case 'publicKey':
			return { source: pastedPublicKeys(parameter('publicKey')) };
		case 'secret': {
			const source = pastedSecret({
				key: parameter('secret'),
				secretEncoding: parameter('keyEncoding') as SecretEncoding,
				allowShortSecret: options.allowShortKey === true,
			});
			return { source };
		}
		case 'issuer':
		case 'jwksUrl': {
			const fetch = documentFetcher(context, options);
			const issuer = kind === 'issuer' ? parameter('issuerUrl').trim() : undefined;
			const url = issuer === undefined ? parameter('jwksUrl') : await findJwksUrl(issuer, fetch);
			const source = findJwks(url, fetch, {
				lifetime: seconds(options.cacheLifetime),
				coolDown: seconds(options.coolDown),
			});
			return { source, issuer, signsForOthers: true };
		}
		default:
			throw new JwtAuthError('KEY_MISSING', 'No key source is chosen.', {
				hint: 'Choose where the key comes from in Key Source.',
			});
	}
}
