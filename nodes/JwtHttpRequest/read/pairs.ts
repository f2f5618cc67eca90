import type { Form } from '../../../core/settings/fieldValue';
import type { NodeForm } from '../../common/nodeForm';
import type { PairFields } from '../description/pairFields';

/** One row of a list of names and values. */
export interface Row {
	name: string;
	value: unknown;
}

/** The rows of a list that somebody filled in; a list in the form begins with a row that is not. */
export function namedRows(form: Form, list: string, label: string): Form[] {
	const rows = form.field(list, label).section().field('parameters', label).rows();
	return rows.filter((row) => {
		const name = row.field('name', 'Name');
		return name.isThere && !name.isEmptyText;
	});
}

/**
 * Names and values of a list.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID` for a name that is no text, `JSON_MALFORMED` for a
 *   value that JSON cannot hold
 */
export function readRows(form: Form, list: string, label: string): Row[] {
	return namedRows(form, list, label).map((row) => ({
		name: row.field('name', 'Name').name(),
		value: row.field('value', 'Value').json(),
	}));
}

/** Rows as an object; a name that occurs again makes a list. */
export function rowsToObject(rows: readonly Row[]): Record<string, unknown> {
	const collected = new Map<string, unknown[]>();
	for (const { name, value } of rows) {
		collected.set(name, [...(collected.get(name) ?? []), value]);
	}
	return Object.fromEntries(
		[...collected].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
	);
}

/**
 * Reads one part of the request that is given either by rows or as JSON.
 *
 * @returns no members when the part is switched off
 * @throws {@link JwtAuthError} the codes of {@link readRows} of JSON fields, `EXPRESSION_UNRESOLVED`
 */
export function readPairs(
	form: NodeForm,
	{ label, send, specify, rows, json }: PairFields,
): Record<string, unknown> {
	if (!form.field(send, `Send ${label}`).boolean(false)) return {};
	const choices = ['keypair', 'json'] as const;
	if (form.field(specify, `Specify ${label}`).choice(choices, 'keypair') === 'keypair') {
		return rowsToObject(readRows(form, rows, label));
	}
	return form.json(json, `${label} (JSON)`).jsonObject('JSON_MALFORMED');
}
