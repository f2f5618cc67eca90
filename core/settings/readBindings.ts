import { isObject } from '../shared/json';
import { requestBindingError } from '../sign/requestBindingValues';
import { hasField, type CredentialData } from './credentialFields';
import { kindOfValue } from './fieldKinds';

import type { RequestBinding } from '../sign/requestBinding';

/** A row's text; the form's default where it is missing, as n8n leaves defaults out when it stores. */
function cell(row: CredentialData, name: string, fallback: string): string {
	const value = hasField(row, name) ? row[name] : fallback;
	if (typeof value === 'string') return value;
	throw requestBindingError(
		`A row of Request Binding has ${kindOfValue(value)} where a text has to be.`,
	);
}

/**
 * Reads Request Binding. A value that is no list of rows is refused: a token that was to be bound to
 * its request would be good for any.
 *
 * @param data the credential's fields; without Request Binding there are no rows
 * @returns rows whose names and values `bindRequest` judges
 * @throws {@link JwtAuthError} `REQUEST_BINDING_INVALID`
 */
export function readBindings(data: CredentialData): RequestBinding[] {
	if (!hasField(data, 'requestBinding')) return [];
	const value = data.requestBinding;
	if (!isObject(value)) {
		throw requestBindingError(
			`Request Binding is ${kindOfValue(value)}, not an object with a list of rows.`,
		);
	}
	if (Object.keys(value).length === 0) return [];
	const { bindings } = value;
	if (!Array.isArray(bindings) || Object.keys(value).length > 1) {
		throw requestBindingError(
			'Request Binding has something else than a list of rows named bindings.',
		);
	}
	return bindings.map((row: unknown) => {
		if (!isObject(row)) {
			throw requestBindingError(`A row of Request Binding is ${kindOfValue(row)}, not an object.`);
		}
		return {
			target: cell(row, 'target', 'payload') as RequestBinding['target'],
			name: cell(row, 'name', ''),
			value: cell(row, 'value', 'methodHostPath') as RequestBinding['value'],
		};
	});
}
