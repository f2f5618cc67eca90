import { getGlobalState } from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { issuerDirectory } from '../../../core/verify/discovery';
import type { FieldValue, Form } from '../../../core/settings/fieldValue';
import { readSecretEncoding } from '../../../core/settings/secretEncoding';
import type { FetchDocument } from '../../../core/verify/fetchDocument';
import { isPlainInOwnNetwork } from '../../../core/shared/url';
import { jwksCache, type CacheSettings } from '../../../core/verify/jwks';
import {
	pastedPublicKeys,
	pastedSecret,
	signingCredentialKey,
	type KeySource,
} from '../../../core/verify/keySource';
import { fetchSmall } from '../../../core/request/network';
import type { FormContext } from '../../common/formContext';
import { networkOf } from '../../common/networkOf';
import { fieldsOf } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';

// One of each per process, so that all workflows together fetch a key set once.
const findJwks = jwksCache();
const findIssuer = issuerDirectory();

/** Where the keys of one item come from, and what follows from it for the checks. */
export interface ItemKeys {
	source: KeySource;
	/** `iss` that the tokens have to carry. */
	issuer?: string;
	/** Whether the keys sign tokens for many services. Default false. */
	signsForOthers?: boolean;
}

/** Fetches through n8n, so that its proxy and its rules against internal addresses hold. */
function documentFetcher(context: FormContext, options: Form): FetchDocument {
	const timeout = options.field('timeout', 'Timeout (Seconds)');
	const seconds = timeout.milliseconds({ fallback: 10, least: 1 }, 1000) / 1000;
	const network = networkOf(context);
	return async (url, limit) => {
		const request = { method: 'GET', url, headers: { accept: 'application/json' } } as const;
		const { status, headers, body } = await fetchSmall(network, request, { seconds, bytes: limit });
		const location = typeof headers.location === 'string' ? headers.location : undefined;
		return { status, body: body?.toString('utf8'), location };
	};
}

async function readCredentialKey(context: FormContext, itemIndex: number): Promise<KeySource> {
	const data = await readCredentialOnce(context, 'jwtSignApi', itemIndex);
	const { key, keyId, credentialExpiresAt } = readSigningSettings(data);
	daysUntilExpiry(credentialExpiresAt, new Date(), getGlobalState().defaultTimezone);
	return signingCredentialKey(key, keyId);
}

const KEY_SOURCES = ['credential', 'issuer', 'jwksUrl', 'publicKey', 'secret'] as const;

/** A pasted key; a JWK that an expression delivers as an object is one too. */
function readPastedKey(field: FieldValue): string {
	return field.isObject ? field.content() : field.textOrNothing();
}

/** Objects other than JWKs must not become secrets that anybody can guess. */
function readSecretText(field: FieldValue): string {
	if (!field.isObject) return field.textOrNothing();
	return field.members().kty === 'oct' ? field.content() : field.refuse('a secret or a JWK');
}

function readPastedSecret(form: Form, options: Form): KeySource {
	return pastedSecret({
		key: readSecretText(form.field('secret', 'Secret')),
		secretEncoding: readSecretEncoding(form),
		allowShortSecret: options.field('allowShortKey', 'Allow Short Secret').boolean(false),
	});
}

const warned = new WeakSet<FormContext>();

/** Keys behind an address; the execution says once where they came without encryption. */
function fetchedKeys(
	context: FormContext,
	address: string,
	fetch: FetchDocument,
	settings: CacheSettings,
): KeySource {
	const source = findJwks(address, fetch, settings);
	const url = new URL(address.trim());
	if (isPlainInOwnNetwork(url) && !warned.has(context)) {
		warned.add(context);
		const message = `The keys of ${url.host} were fetched without encryption: whoever is in this network could hand out others and have their own tokens accepted.`;
		context.addExecutionHints?.({ message, location: 'outputPane' });
	}
	return source;
}

async function readFetchedKeys(
	context: FormContext,
	form: Form,
	options: Form,
	kind: 'issuer' | 'jwksUrl',
): Promise<ItemKeys> {
	const fetch = documentFetcher(context, options);
	const lifetime = options.field('cacheLifetime', 'Key Cache (Seconds)');
	const coolDown = options.field('coolDown', 'Key Cool-Down (Seconds)');
	const plain = options.field('allowPlainHttp', 'Allow Plain HTTP in Own Network');
	const settings = {
		allowsOwnNetwork: plain.boolean(false),
		lifetime: lifetime.number({ fallback: 600, least: 0 }),
		coolDown: coolDown.number({ fallback: 30, least: 1 }),
	};
	if (kind === 'jwksUrl') {
		const url = form.field('jwksUrl', 'JWKS URL').textOrNothing();
		return { source: fetchedKeys(context, url, fetch, settings), signsForOthers: true };
	}
	const entered = form.field('issuerUrl', 'Issuer').textOrNothing().trim();
	const { issuer, jwksUrl } = await findIssuer(entered, fetch, settings.allowsOwnNetwork);
	return { source: fetchedKeys(context, jwksUrl, fetch, settings), issuer, signsForOthers: true };
}

/**
 * Reads the key source of one item from the form.
 *
 * @param options the Options collection
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `DURATION_INVALID`, and what is wrong with the key or
 *   its address
 */
export async function readItemKeys(
	context: FormContext,
	itemIndex: number,
	options: Form,
): Promise<ItemKeys> {
	const form = fieldsOf(context, itemIndex);
	const kind = form.field('keySource', 'Key Source').choice(KEY_SOURCES, 'issuer');
	switch (kind) {
		case 'credential':
			return { source: await readCredentialKey(context, itemIndex) };
		case 'publicKey':
			return { source: pastedPublicKeys(readPastedKey(form.field('publicKey', 'Public Key'))) };
		case 'secret':
			return { source: readPastedSecret(form, options) };
		case 'issuer':
		case 'jwksUrl':
			return await readFetchedKeys(context, form, options, kind);
	}
}
