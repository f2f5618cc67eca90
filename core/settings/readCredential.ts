import { assertExpressionsInPlace } from './expressionsInPlace';
import { findAlgorithm } from '../keys/algorithms';
import { readBindings } from './readBindings';
import { readClientCertificate } from './readClientCertificate';
import { type Claims, type ClaimsSettings, parsePayload } from '../sign/claims';
import {
	readChoice,
	readJsonField,
	readSeconds,
	readSwitch,
	readText,
	type CredentialData,
} from './credentialFields';
import { hasMembers, parseJsonObject } from '../shared/json';
import { holdsKeySet } from '../keys/pastedSet';
import type { SigningKeySettings } from '../keys/types';
import { formOf } from './fieldValue';
import { readSecretEncoding } from './secretEncoding';
import { advancedFields, isFixedChoice } from './advancedOptions';
import { readGeneratedKey, readKeySource } from './readKeySource';
import { readSending } from './readSending';
import { computedClaims } from './storedContent';

import type { SigningSettings } from '../sign/signingSettings';

function readCertificate(advanced: CredentialData): SigningSettings['certificate'] {
	const pem = readText(advanced, { name: 'x509', label: 'Certificate' });
	const field = { name: 'x509Header', label: 'Certificate Header' };
	const kind = readChoice(advanced, field, ['x5t', 'x5c'], 'x5t');
	return pem.trim() === '' ? undefined : { pem, kind };
}

function readKeyId(data: CredentialData): string {
	return readText(data, { name: 'keyId', label: 'Key ID' }).trim();
}

function readKey(data: CredentialData, advanced: CredentialData): SigningKeySettings {
	const name = readText(data, { name: 'algorithm', label: 'Algorithm' }, 'RS256');
	const algorithm = findAlgorithm(name);
	if (readKeySource(data, algorithm) === 'generate') return readGeneratedKey(data, algorithm);
	const key =
		algorithm.family === 'HMAC'
			? readText(data, { name: 'secret', label: 'Secret' })
			: readText(data, { name: 'privateKey', label: 'Private Key' });
	return {
		algorithm: algorithm.name,
		key,
		...(holdsKeySet(key) && { wantedId: readKeyId(data) }),
		secretEncoding: readSecretEncoding(formOf(advanced)),
		allowShortSecret: readSwitch(
			advanced,
			{ name: 'allowShortKey', label: 'Allow Short Secret' },
			false,
		),
		passphrase: readText(advanced, { name: 'keyPassphrase', label: 'Key Passphrase' }),
	};
}

/** What the forms that sign differ in. */
interface SigningDefaults {
	/** As Expires In. */
	expiresIn: string;
	addJti: boolean;
}

function readClaims(
	data: CredentialData,
	advanced: CredentialData,
	defaults: SigningDefaults,
): ClaimsSettings {
	return {
		payload: readJsonField(data, { name: 'payload', label: 'Payload' }),
		autoTimeClaims: readSwitch(
			data,
			{ name: 'autoTimeClaims', label: "Auto Generate 'iat' and 'exp' Claims" },
			true,
		),
		expiresIn: readText(data, { name: 'expiresIn', label: 'Expires In' }, defaults.expiresIn),
		backdateIat: readSeconds(
			advanced,
			{ name: 'backdateIat', label: "Backdate 'iat' By (Seconds)" },
			{ fallback: 0, minimum: 0 },
		),
		addNbf: readSwitch(advanced, { name: 'addNbf', label: "Add 'nbf' Claim" }, false),
		nbfOffset: readSeconds(
			advanced,
			{ name: 'nbfOffset', label: "'nbf' Offset (Seconds)" },
			{ fallback: 0 },
		),
		addJti: readSwitch(advanced, { name: 'addJti', label: "Add 'jti' Claim" }, defaults.addJti),
		timesInMilliseconds: readSwitch(
			advanced,
			{ name: 'timesInMilliseconds', label: 'Time Claims in Milliseconds' },
			false,
		),
		computed: computedClaims(data),
	};
}

/**
 * Reads the fields of a `jwtSignApi` credential, or of another one that signs; missing ones get the
 * form's defaults.
 *
 * @throws {@link JwtAuthError} `ALGORITHM_UNSUPPORTED`, `EXPRESSION_UNRESOLVED`,
 *   `REQUEST_BINDING_INVALID`, and as
 *   `readSendingSettings`
 */
export function readSigningSettings(
	data: CredentialData,
	defaults: SigningDefaults = { expiresIn: '1h', addJti: false },
): SigningSettings {
	assertExpressionsInPlace(data);
	const advanced = advancedFields(data);
	return {
		...readSending(data, advanced),
		key: readKey(data, advanced),
		claims: readClaims(data, advanced, defaults),
		keyId: readKeyId(data),
		keyIdFromKey: readSwitch(data, { name: 'keyIdFromKey', label: 'Key ID From Key' }, false),
		headerParameters: readJsonField(advanced, {
			name: 'headerParameters',
			label: 'Header Parameters',
		}),
		certificate: readCertificate(advanced),
		clientCertificate: readClientCertificate(advanced),
		bindings: readBindings(advanced),
		reuseToken: readSwitch(advanced, { name: 'reuseUntilExpiry', label: 'Reuse Token' }, false),
		metadata: readJsonField(advanced, { name: 'metadata', label: 'Metadata' }),
	};
}

/**
 * A credential's fields with the claims of one item worked in, for `authenticate` to sign with.
 *
 * @param claims win over the payload's
 * @param expiresIn life of the token as Expires In; undefined leaves it to the credential
 * @returns a copy
 * @throws {@link JwtAuthError} when payload or claims cannot be written as a JSON object
 */
export function withItemClaims(
	data: CredentialData,
	claims: Claims,
	expiresIn: string | undefined,
): CredentialData {
	const merged = { ...data };
	if (expiresIn !== undefined) merged.expiresIn = expiresIn;
	if (Object.keys(claims).length > 0) {
		const field = { field: 'claims of the item', notObject: 'PAYLOAD_NOT_OBJECT' } as const;
		const payload = parsePayload(readJsonField(data, { name: 'payload', label: 'Payload' }));
		merged.payload = JSON.stringify({ ...payload, ...parseJsonObject(claims, field) });
	}
	return merged;
}

/**
 * Whether a credential's fields are the same for every item of a run.
 *
 * @param data as n8n hands it over: `sameForEveryItem` is there only where n8n found no expression
 *   in any text; of a list or an object it cannot tell
 */
export function isSameForEveryItem(data: CredentialData): boolean {
	const isPlain = (value: unknown) => !hasMembers(value) || Object.keys(value).length === 0;
	const { useAdvanced, ...others } = data;
	return (
		data.sameForEveryItem === true &&
		(isPlain(useAdvanced) || isFixedChoice(data)) &&
		Object.values(others).every(isPlain)
	);
}
