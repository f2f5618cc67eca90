import { JwtAuthError } from '../errors';
import {
	ADVANCED_GROUPS,
	groupName,
	type AdvancedField,
	type AdvancedGroup,
} from './advancedOptions';
import { hasField, type CredentialData } from './credentialFields';

/** What a person reads in front of each field of Advanced Options. */
export const ADVANCED_LABELS: Readonly<Record<AdvancedField, string>> = {
	additionalHeaders: 'Additional Headers',
	addJti: "Add 'jti' Claim",
	addNbf: "Add 'nbf' Claim",
	allowPlainHttp: 'Allow Plain HTTP in Own Network',
	allowShortKey: 'Allow Short Secret',
	assertionAudience: 'Audience of the Assertion',
	answerFields: 'Answer Fields',
	backdateIat: "Backdate 'iat' By (Seconds)",
	baseUrlField: 'Base URL Field',
	bodyFormat: 'Body Format',
	bodyParameters: 'Additional Body Parameters',
	clientAssertion: 'Add Client Assertion',
	clientSecret: 'Client Secret',
	credentialExpiresAt: 'Credential Expires At',
	dpopAlgorithm: 'DPoP Algorithm',
	exchangeHeaders: 'Exchange Headers',
	expiryField: 'Expiry Field',
	expiryUnit: 'Expiry Unit',
	fallbackLifetime: 'Fallback Lifetime',
	headerName: 'Header Name',
	headerParameters: 'Header Parameters',
	headerPrefix: 'Token Prefix',
	issuer: 'Issuer of the Token Endpoint',
	keyEncoding: 'Secret Encoding',
	keyPassphrase: 'Key Passphrase',
	metadata: 'Metadata',
	nbfOffset: "'nbf' Offset (Seconds)",
	placement: 'Add Token To',
	queryParameter: 'Parameter Name',
	renewBeforeExpiry: 'Renew Before Expiry (Seconds)',
	requestBinding: 'Request Binding',
	requestedType: 'Requested Token Type',
	resource: 'Resource',
	responseField: 'Token Field',
	reuseUntilExpiry: 'Reuse Token',
	rsaKeySize: 'RSA Key Size',
	testUrl: 'Test URL',
	timesInMilliseconds: 'Time Claims in Milliseconds',
	tlsCertificate: 'Client Certificate',
	tlsPassphrase: 'Client Key Passphrase',
	tlsPrivateKey: 'Client Certificate Key',
	useDpop: 'Use DPoP',
	x509: 'Certificate',
	x509Header: 'Certificate Header',
};

/** Fields that some ways of taking the JWT need so often that their form has them without Advanced Options. */
const PLAIN_FIELDS: readonly string[] = ['bodyParameters', 'expiryField', 'responseField'];
const PLAIN_GRANTS: readonly unknown[] = ['custom', 'tokenExchange'];

const UNIT = ' (Seconds)';

/** A field as texts call it, and where it stands in the form. */
interface FieldPlace {
	label: string;
	place: string;
}

/** The fields that are found under Advanced Options only, the longest label first. */
function fieldPlaces(data: CredentialData): FieldPlace[] {
	const groups = Object.keys(ADVANCED_GROUPS) as AdvancedGroup[];
	const isPlain = (name: string): boolean =>
		PLAIN_FIELDS.includes(name) && PLAIN_GRANTS.includes(data.grant);
	return groups
		.flatMap((group) => {
			const names: readonly AdvancedField[] = ADVANCED_GROUPS[group];
			const place = `in the credential: Advanced Options > ${groupName(group, hasField(data, 'grant'))}`;
			return names
				.filter((name) => !isPlain(name))
				.map((name) => ({ label: ADVANCED_LABELS[name].replace(UNIT, ''), place }));
		})
		.sort((one, other) => other.label.length - one.label.length);
}

function isLetter(character: string | undefined): boolean {
	return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/**
 * Adds to each field that a text names where it stands, once. What is in quotes is what somebody else
 * says, and stays as it is.
 *
 * @param said fields whose place was told before; those of this text are added
 */
function withPlacesIn(text: string, fields: readonly FieldPlace[], said: Set<string>): string {
	let result = '';
	let isQuoted = false;
	let position = 0;
	while (position < text.length) {
		const begins = !isQuoted && !isLetter(text[position - 1]);
		const field = fields.find(
			({ label }) =>
				begins && text.startsWith(label, position) && !isLetter(text[position + label.length]),
		);
		if (!field) {
			if (text[position] === '"') isQuoted = !isQuoted;
			result += text[position];
			position += 1;
			continue;
		}
		const { label, place } = field;
		result += label;
		position += label.length;
		if (said.has(label)) continue;
		said.add(label);
		const hasUnit = text.startsWith(UNIT, position);
		result += hasUnit ? `${UNIT.slice(0, -1)}; ${place})` : ` (${place})`;
		if (hasUnit) position += UNIT.length;
	}
	return result;
}

/**
 * An error about a credential that says of each field behind Advanced Options where it stands: nobody
 * finds it in the form otherwise.
 *
 * @param data the credential's fields; one whose form has no Advanced Options shows all of them
 * @returns what is no {@link JwtAuthError}, or one of a class of its own, as it is
 */
export function withFieldPlaces(error: unknown, data: CredentialData): unknown {
	const isPlain = error instanceof JwtAuthError && error.constructor === JwtAuthError;
	if (!isPlain || !hasField(data, 'useAdvanced')) return error;
	const fields = fieldPlaces(data);
	const said = new Set<string>();
	const message = withPlacesIn(error.message, fields, said);
	return new JwtAuthError(error.code, message, { hint: withPlacesIn(error.hint, fields, said) });
}
