import {
	getGlobalState,
	type IDataObject,
	type IExecuteFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/credentialExpiry';
import { readSigningSettings } from '../../../core/credentialSettings';
import { issuerDirectory } from '../../../core/discovery';
import { JwtAuthError } from '../../../core/errors';
import type { FetchDocument } from '../../../core/fetchDocument';
import { jwksCache } from '../../../core/jwks';
import {
	pastedPublicKeys,
	pastedSecret,
	signingCredentialKey,
	type KeySource,
} from '../../../core/keySource';
import type { SecretEncoding } from '../../../core/secrets';
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
	const timeout = Number(options.timeout ?? 10) * 1000;
	return async (url) => {
		const { statusCode, body } = (await context.helpers.httpRequest({
			url,
			headers: { accept: 'application/json' },
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
		})) as IN8nHttpFullResponse;
		return { status: statusCode, body: Buffer.from(body as Buffer).toString('utf8') };
	};
}

async function credentialKey(context: IExecuteFunctions, itemIndex: number): Promise<KeySource> {
	const data = await readCredentialOnce(context, 'jwtSignApi', itemIndex);
	const { key, keyId, credentialExpiresAt } = readSigningSettings(data);
	daysUntilExpiry(credentialExpiresAt, new Date(), getGlobalState().defaultTimezone);
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
