import { JwtAuthError } from '../errors';
import { importSigningKey } from '../keys/importSigningKey';
import { parseKeyJson } from '../keys/keyJson';
import { isObject } from '../shared/json';
import { refuseUnmarkedExpressions } from '../shared/unresolvedExpression';
import { httpsUrl } from '../shared/url';
import {
	readChoice,
	readSwitch,
	readTrimmed,
	type CredentialData,
} from '../settings/credentialFields';
import type { Service, ServiceField } from './service';

function isShown(field: ServiceField, values: Record<string, string>): boolean {
	const { showFor } = field;
	return !showFor || showFor.values.includes(values[showFor.field] ?? '');
}

function readField(data: CredentialData, field: ServiceField): string {
	if (field.kind === 'choice') {
		const choices = (field.choices ?? []).map(({ value }) => value);
		return readChoice(data, field, choices, field.default ?? '');
	}
	if (field.kind === 'switch') return String(readSwitch(data, field, false));
	const value = readTrimmed(data, field, field.default);
	if (field.kind === 'text') {
		const hint = `Switch ${field.label} to Expression; it is then stored with "=" in front.`;
		refuseUnmarkedExpressions(value, field.label, hint);
	}
	return value;
}

/**
 * Reads the fields of a service's form; what is not filled in gets its default.
 *
 * @param data as n8n hands it over, expressions resolved
 * @returns a text for every field; empty for those that are not shown
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `EXPRESSION_UNRESOLVED`
 */
export function readServiceValues(
	{ fields }: Pick<Service, 'fields'>,
	data: CredentialData,
): Record<string, string> {
	const values: Record<string, string> = {};
	// A field comes after the choice it is shown for.
	for (const field of fields) {
		const shown = isShown(field, values);
		const value = shown ? readField(data, field) : '';
		if (shown && field.required && value === '') throw emptyFieldError(field);
		values[field.name] = value;
	}
	return values;
}

function emptyFieldError({ label, perItem }: ServiceField): JwtAuthError {
	const hint = perItem
		? `Fill in ${label}. An expression has a value for an item only, so it cannot be tested here.`
		: `Fill in ${label} in the credential.`;
	return new JwtAuthError('FIELD_INVALID', `${label} is empty.`, { hint });
}

/**
 * Reads a key file in JSON, as a console hands it out.
 *
 * @param text as pasted; escaping is undone as for keys
 * @param field that it stands in
 * @param members that it has to have, as texts
 * @throws {@link JwtAuthError} `KEY_JSON_UNKNOWN`, without a word of what was pasted
 */
export function readKeyFile<Member extends string>(
	text: string,
	field: string,
	members: readonly Member[],
): Record<Member, string> & Record<string, unknown> {
	const file = parseKeyJson(text);
	if (!file || !isObject(file)) {
		throw new JwtAuthError('KEY_JSON_UNKNOWN', `${field} is no JSON file.`, {
			hint: `Open the file and paste all of it into ${field}, from { to }.`,
		});
	}
	const missing = members.filter((name) => typeof file[name] !== 'string' || file[name] === '');
	if (missing.length > 0) throw missingInFileError(field, missing);
	return file as Record<Member, string> & Record<string, unknown>;
}

/**
 * An ID that stands in a field of its own, or else in the key file.
 *
 * @param id as typed, and the label of its field
 * @param file as pasted, the label of its field, and the member that holds the ID
 * @throws {@link JwtAuthError} `FIELD_INVALID` for neither; `KEY_JSON_UNKNOWN`
 */
export function idOrFromFile<Member extends string>(
	id: { value: string; label: string },
	file: { value: string; label: string; member: Member },
): string {
	if (id.value !== '') return id.value;
	if (!parseKeyJson(file.value)) {
		throw new JwtAuthError('FIELD_INVALID', `${id.label} is empty.`, {
			hint: `Fill in ${id.label}, or paste the whole file that was downloaded into ${file.label}.`,
		});
	}
	return readKeyFile(file.value, file.label, [file.member])[file.member];
}

/** The error for a key file without what has to be in it. */
export function missingInFileError(field: string, members: readonly string[]): JwtAuthError {
	const message = `${field} has no ${members.join(', no ')} in it.`;
	const hint = `Paste the whole file, as it was downloaded, into ${field}.`;
	return new JwtAuthError('KEY_JSON_UNKNOWN', message, { hint });
}

/**
 * Reads the address of a customer's own host. A bare host name is taken for `https://`.
 *
 * @param text as typed
 * @param label of its field
 * @returns scheme, host and path, without a slash at its end
 * @throws {@link JwtAuthError} `URL_INVALID`, also for `http:` unless it is this machine
 */
export function readServiceUrl(text: string, label: string): string {
	const url = httpsUrl(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`, label);
	if (url.search !== '' || url.hash !== '') {
		throw new JwtAuthError('URL_INVALID', `${label} has more than a host and a path.`, {
			hint: `Take out what begins with ? or # in ${label}.`,
		});
	}
	// Without a bare ? or #, behind which nothing that is added would be of the path.
	const address = `${url.origin}${url.pathname}`;
	return address.endsWith('/') ? address.slice(0, -1) : address;
}

/**
 * The first of several algorithms that a private key is of the kind for, where a console hands out more
 * than one kind.
 *
 * @param key as pasted
 * @param algorithms the first one is taken for a key that is for none, so that its error says why
 */
export function algorithmFor(key: string, algorithms: readonly string[]): string {
	const fits = (algorithm: string): boolean => {
		try {
			importSigningKey({ algorithm, key });
			return true;
		} catch {
			return false;
		}
	};
	return algorithms.find(fits) ?? algorithms[0] ?? '';
}
