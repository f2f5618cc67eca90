import { JwtAuthError } from '../errors';
import { fieldError, hasField, type CredentialData } from './credentialFields';

/** Fields of the credentials that are shown and used only with their group of Advanced Options. */
export const ADVANCED_GROUPS = {
	key: ['keyEncoding', 'allowShortKey', 'keyPassphrase', 'rsaKeySize', 'x509', 'x509Header'],
	clock: [
		'backdateIat',
		'addNbf',
		'nbfOffset',
		'addJti',
		'timesInMilliseconds',
		'reuseUntilExpiry',
	],
	header: ['headerParameters'],
	binding: ['requestBinding'],
	exchange: [
		'clientSecret',
		'clientAssertion',
		'assertionAudience',
		'issuer',
		'requestedType',
		'resource',
		'bodyParameters',
		'bodyFormat',
		'exchangeHeaders',
		'responseField',
		'expiryField',
		'expiryUnit',
		'fallbackLifetime',
		'renewBeforeExpiry',
		'baseUrlField',
		'answerFields',
		'allowPlainHttp',
		'testUrl',
	],
	proof: ['useDpop', 'dpopAlgorithm', 'tlsCertificate', 'tlsPrivateKey', 'tlsPassphrase'],
	placement: ['placement', 'headerName', 'headerPrefix', 'queryParameter', 'additionalHeaders'],
	expiry: ['metadata', 'credentialExpiresAt'],
} as const satisfies Record<string, readonly string[]>;

/** A group of Advanced Options, as it is stored. */
export type AdvancedGroup = keyof typeof ADVANCED_GROUPS;

/** Internal name of a field that stands in a group. */
export type AdvancedField = (typeof ADVANCED_GROUPS)[AdvancedGroup][number];

const GROUP_NAMES: Readonly<Record<AdvancedGroup, string>> = {
	key: 'Key and Certificate',
	clock: 'Clock and Claims',
	header: 'Token Header',
	binding: 'Request Binding',
	exchange: 'Exchange Details',
	proof: 'Proof of Possession',
	placement: 'Placement and Headers',
	expiry: 'Expiry and Metadata',
};

/**
 * What a person reads as the name of a group.
 *
 * @param exchanges whether it is in a credential that exchanges tokens, which has no Metadata
 */
export function groupName(group: AdvancedGroup, exchanges: boolean): string {
	return exchanges && group === 'expiry' ? 'Credential Expiry' : GROUP_NAMES[group];
}

const LABEL = 'Advanced Options';
const HINT =
	'Choose from the list. An expression has to give a list such as ["clock"], or true for all groups.';

function isGroup(value: unknown): value is AdvancedGroup {
	return typeof value === 'string' && Object.hasOwn(ADVANCED_GROUPS, value);
}

/**
 * Fields that count under Advanced Options: those of the groups that were chosen. True stands for all
 * groups, and false for none, as in credentials made when the field was a switch.
 *
 * n8n drops the fields of other groups by itself, unless the choice is an expression.
 *
 * @param without whether all count where the type has no Advanced Options
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function advancedFields(data: CredentialData, without = false): CredentialData {
	const chosen = hasField(data, 'useAdvanced') ? data.useAdvanced : without;
	if (typeof chosen === 'boolean') return chosen ? data : {};
	if (!Array.isArray(chosen)) throw fieldError(LABEL, chosen, 'a list of its choices', HINT);
	if (!chosen.every(isGroup)) {
		const choices = Object.keys(ADVANCED_GROUPS).join(', ');
		throw new JwtAuthError(
			'FIELD_INVALID',
			`${LABEL} holds something else than its choices (${choices}).`,
			{ hint: HINT },
		);
	}
	const names = new Set<string>(chosen.flatMap((group) => ADVANCED_GROUPS[group]));
	return Object.fromEntries(Object.entries(data).filter(([name]) => names.has(name)));
}

/** Name of the hidden field that n8n leaves in the data where the choice holds an expression. */
export const COMPUTED_GROUPS = 'computesAdvanced';

/** Whether the choice is the same list for every item. */
export function isFixedChoice(data: CredentialData): boolean {
	const { useAdvanced } = data;
	return data[COMPUTED_GROUPS] !== true && Array.isArray(useAdvanced) && useAdvanced.every(isGroup);
}
