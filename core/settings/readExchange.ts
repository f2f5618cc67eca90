import {
	readChoice,
	readJsonField,
	readSeconds,
	readSwitch,
	readText,
	readTrimmed,
	type CredentialData,
} from './credentialFields';
import { readSigningSettings, type SigningSettings } from './readCredential';
import { advancedFields } from './readSending';

/**
 * How the assertion is traded: as a JWT bearer grant (RFC 7523 §2.1), as the client's authentication
 * for a client credentials grant (RFC 7523 §2.2), or as Bearer token of any request.
 */
export type Grant = 'jwtBearer' | 'clientCredentials' | 'custom';

/** As Body Format says it: `automatic` is JSON for a custom exchange, a form for the other grants. */
export type BodyFormat = 'automatic' | 'form' | 'json';

/** Settings of a `jwtExchangeApi` credential. */
export interface ExchangeSettings {
	/** How the assertion is signed, and how the access token is sent. */
	signing: SigningSettings;
	grant: Grant;
	/** As typed, without blanks around it. */
	tokenUrl: string;
	/** Read for the custom grant only; the others are POST. */
	method: 'GET' | 'PATCH' | 'POST' | 'PUT';
	clientId: string;
	clientSecret: string;
	/** Whether a JWT bearer grant carries a second assertion that authenticates the client. */
	clientAssertion: boolean;
	/** Scopes separated by blanks. */
	scope: string;
	/** RFC 8707 resource indicator. */
	resource: string;
	/** JSON text or object. */
	bodyParameters: unknown;
	bodyFormat: Exclude<BodyFormat, 'automatic'>;
	/** JSON text or object; values may be secret. */
	exchangeHeaders: unknown;
	/** Path of the token in the answer, e.g. `access_token` or `data.token`. */
	tokenField: string;
	/** Path of the expiry in the answer. */
	expiryField: string;
	/** Path of the API's base URL in the answer; empty for none. */
	baseUrlField: string;
	/** Life of a token whose answer names none, as Expires In. */
	fallbackLifetime: string;
	/** Seconds. */
	renewBeforeExpiry: number;
	/** Address that Test Connection reads with the token; empty for none. */
	testUrl: string;
	/** What n8n has stored of the last exchange. */
	stored: { accessToken: string; tokenState: string };
}

/**
 * Signing settings of the assertion: those of `jwtSignApi`, but with a life of 5 minutes and a `jti`
 * unless the person chose otherwise (RFC 7523 §3), and never bound to a request.
 */
function readAssertionSettings(data: CredentialData): SigningSettings {
	const signing = readSigningSettings(data, { expiresIn: '5m', addJti: true });
	return { ...signing, bindings: [], reuseToken: false };
}

/** What n8n stores by itself; without it a token is fetched. */
function readStored(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/**
 * Reads the fields of a `jwtExchangeApi` credential; missing ones get the form's defaults.
 *
 * @throws {@link JwtAuthError} as `readSigningSettings`
 */
export function readExchangeSettings(data: CredentialData): ExchangeSettings {
	const grant = readChoice<Grant>(
		data,
		{ name: 'grant', label: 'Grant' },
		['jwtBearer', 'clientCredentials', 'custom'],
		'jwtBearer',
	);
	const custom = grant === 'custom';
	const advanced = advancedFields(data);
	// A custom exchange needs these in its common case, so they stand before the switch there.
	const detail = custom ? data : advanced;
	return {
		signing: readAssertionSettings(data),
		grant,
		...readGrantFields(custom ? {} : data, custom ? {} : advanced),
		tokenUrl: readTrimmed(data, { name: 'tokenUrl', label: 'Token URL' }),
		method: readChoice(
			data,
			{ name: 'exchangeMethod', label: 'HTTP Method' },
			['GET', 'PATCH', 'POST', 'PUT'],
			'POST',
		),
		clientAssertion:
			readSwitch(advanced, { name: 'clientAssertion', label: 'Add Client Assertion' }, false) &&
			grant === 'jwtBearer',
		bodyParameters: readJsonField(detail, {
			name: 'bodyParameters',
			label: 'Additional Body Parameters',
		}),
		bodyFormat: readBodyFormat(advanced, grant),
		exchangeHeaders: readJsonField(advanced, {
			name: 'exchangeHeaders',
			label: 'Exchange Headers',
		}),
		tokenField: readTrimmed(
			detail,
			{ name: 'responseField', label: 'Token Field' },
			'access_token',
		),
		expiryField: readTrimmed(detail, { name: 'expiryField', label: 'Expiry Field' }, 'expires_in'),
		baseUrlField: readTrimmed(advanced, { name: 'baseUrlField', label: 'Base URL Field' }),
		fallbackLifetime: readTrimmed(
			advanced,
			{ name: 'fallbackLifetime', label: 'Fallback Lifetime' },
			'1h',
		),
		renewBeforeExpiry: readSeconds(
			advanced,
			{ name: 'renewBeforeExpiry', label: 'Renew Before Expiry (Seconds)' },
			{ fallback: 60, minimum: 0 },
		),
		testUrl: readTrimmed(advanced, { name: 'testUrl', label: 'Test URL' }),
		stored: {
			accessToken: readStored(data.accessToken),
			tokenState: readStored(data.tokenState),
		},
	};
}

/** Automatic is what the grant is usually sent as. */
function readBodyFormat(advanced: CredentialData, grant: Grant): ExchangeSettings['bodyFormat'] {
	const chosen = readChoice<BodyFormat>(
		advanced,
		{ name: 'bodyFormat', label: 'Body Format' },
		['automatic', 'form', 'json'],
		'automatic',
	);
	if (chosen !== 'automatic') return chosen;
	return grant === 'custom' ? 'json' : 'form';
}

/** Fields of the grants of RFC 7523; a custom exchange has none of them. */
function readGrantFields(
	data: CredentialData,
	advanced: CredentialData,
): Pick<ExchangeSettings, 'clientId' | 'clientSecret' | 'scope' | 'resource'> {
	return {
		clientId: readTrimmed(data, { name: 'clientId', label: 'Client ID' }),
		clientSecret: readText(advanced, { name: 'clientSecret', label: 'Client Secret' }),
		scope: readTrimmed(data, { name: 'scope', label: 'Scope' }),
		resource: readTrimmed(advanced, { name: 'resource', label: 'Resource' }),
	};
}
