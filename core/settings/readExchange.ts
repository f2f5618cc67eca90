import {
	readChoice,
	readJsonField,
	readSeconds,
	readSwitch,
	readText,
	readTrimmed,
	type CredentialData,
} from './credentialFields';
import { readSigningSettings } from './readCredential';
import { withKeyInTurn } from './readKeyTurn';
import type { SigningSettings } from '../sign/signingSettings';
import { advancedFields } from './advancedOptions';
import type { ExchangeSettings, ExpiryUnit, Grant, BodyFormat } from '../exchange/exchangeSettings';
import type { StoredToken } from '../exchange/storedToken';
import { PROOF_ALGORITHMS, type ProofAlgorithm } from '../keys/proofKey';
import { readAudience } from './readAudience';
import { readTokenExchange } from './readTokenExchange';

/**
 * Signing settings of the assertion: those of `jwtSignApi`, but with a life of 5 minutes and a `jti`
 * unless the person chose otherwise (RFC 7523 §3), and never bound to a request.
 */
function readAssertionSettings(data: CredentialData): SigningSettings {
	const signing = readSigningSettings(data, { expiresIn: '5m', addJti: true });
	return { ...signing, bindings: [], reuseToken: false };
}

/** What n8n stores by itself; without it a token is fetched. */
export function readStored({ accessToken, tokenState }: CredentialData): StoredToken {
	const text = (value: unknown) => (typeof value === 'string' ? value : '');
	return { accessToken: text(accessToken), tokenState: text(tokenState) };
}

/**
 * Reads the fields of a `jwtExchangeApi` credential; missing ones get the form's defaults.
 *
 * @throws {@link JwtAuthError} as `readSigningSettings`
 */
export function readExchangeSettings(data: CredentialData): ExchangeSettings {
	const grant = readChoice<Grant>(
		data,
		{ name: 'grant', label: 'How the Service Takes the JWT' },
		['jwtBearer', 'clientCredentials', 'tokenExchange', 'custom'],
		'jwtBearer',
	);
	const custom = grant === 'custom';
	const advanced = advancedFields(data);
	// These two need them in their common case, so they stand before the switch there.
	const detail = custom || grant === 'tokenExchange' ? data : advanced;
	return {
		signing: readAssertionSettings(data),
		grant,
		...readGrantFields(custom ? {} : data, custom ? {} : advanced),
		tokenUrl: readTrimmed(data, { name: 'tokenUrl', label: 'Token URL' }),
		allowsPlainHttp: readSwitch(
			advanced,
			{ name: 'allowPlainHttp', label: 'Allow Plain HTTP in Own Network' },
			false,
		),
		method: readChoice(
			data,
			{ name: 'exchangeMethod', label: 'HTTP Method' },
			['GET', 'PATCH', 'POST', 'PUT'],
			'POST',
		),
		clientAssertion:
			readSwitch(advanced, { name: 'clientAssertion', label: 'Add Client Assertion' }, false) &&
			(grant === 'jwtBearer' || grant === 'tokenExchange'),
		...readAudience(advanced, grant),
		...(grant === 'tokenExchange' ? { tokenExchange: readTokenExchange(data, advanced) } : {}),
		bodyParameters: readJsonField(detail, {
			name: 'bodyParameters',
			label: 'Additional Body Parameters',
		}),
		bodyFormat: readBodyFormat(advanced, grant),
		exchangeHeaders: readJsonField(advanced, {
			name: 'exchangeHeaders',
			label: 'Exchange Headers',
		}),
		...readAnswerFields(detail, advanced),
		baseUrlField: readTrimmed(advanced, { name: 'baseUrlField', label: 'Base URL Field' }),
		answerFields: readTrimmed(advanced, { name: 'answerFields', label: 'Answer Fields' }),
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
		proofAlgorithm: readProofAlgorithm(advanced),
		testUrl: readTrimmed(advanced, { name: 'testUrl', label: 'Test URL' }),
		stored: readStored(data),
	};
}

/**
 * As {@link readExchangeSettings}, with the key that signs now where n8n has made several.
 *
 * @param timeZone IANA name of the zone of a date without offset; default: UTC
 * @throws {@link JwtAuthError} as {@link readExchangeSettings} and `withKeyInTurn`
 */
export function readExchangeInTurn(
	data: CredentialData,
	now: Date,
	timeZone?: string,
): ExchangeSettings {
	return readExchangeSettings(withKeyInTurn(data, now, timeZone));
}

/** Undefined where Use DPoP is off. */
function readProofAlgorithm(advanced: CredentialData): ProofAlgorithm | undefined {
	const algorithm = { name: 'dpopAlgorithm', label: 'DPoP Algorithm' };
	const isOn = readSwitch(advanced, { name: 'useDpop', label: 'Use DPoP' }, false);
	return isOn ? readChoice(advanced, algorithm, PROOF_ALGORITHMS, 'ES256') : undefined;
}

/** Where token and expiry stand in the answer; a field that was emptied means something of its own. */
function readAnswerFields(
	detail: CredentialData,
	advanced: CredentialData,
): Pick<ExchangeSettings, 'expiryField' | 'expiryUnit' | 'tokenField'> {
	const tokenField = { name: 'responseField', label: 'Token Field' };
	const expiryField = { name: 'expiryField', label: 'Expiry Field' };
	return {
		tokenField: readText(detail, tokenField, 'access_token').trim(),
		expiryField: readText(detail, expiryField, 'expires_in').trim(),
		expiryUnit: readChoice<ExpiryUnit>(
			advanced,
			{ name: 'expiryUnit', label: 'Expiry Unit' },
			['automatic', 'milliseconds'],
			'automatic',
		),
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

/** Fields of the grants of RFC 7523 and RFC 8693; a custom exchange has none of them. */
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
