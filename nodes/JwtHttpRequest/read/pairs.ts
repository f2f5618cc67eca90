import type { IExecuteFunctions } from 'n8n-workflow';
import { parseJsonObject } from '../../../core/json';
import { fieldReader, type FieldReader } from '../../common/fieldReader';
import { readJsonField } from '../../common/jsonField';
import type { PairFields } from '../pairFields';

/** One row of a list of names and values. */
export interface Row {
	name: string;
	value: unknown;
}

/** Rows with a name. */
export function readRows<T extends Row>(field: FieldReader, list: string): T[] {
	const rows = (field(`${list}.parameters`) ?? []) as T[];
	return rows.filter(({ name }) => name !== '' && name !== undefined && name !== null);
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
 * @throws {@link JwtAuthError} the codes of {@link parseJsonObject}, `EXPRESSION_UNRESOLVED`
 */
export function readPairs(
	context: IExecuteFunctions,
	itemIndex: number,
	{ label, send, specify, rows, json }: PairFields,
): Record<string, unknown> {
	const field = fieldReader(context, itemIndex);
	if (field(send) !== true) return {};
	if (field(specify) !== 'json') return rowsToObject(readRows(field, rows));
	const read = { field: `${label} (JSON)`, notObject: 'JSON_MALFORMED' } as const;
	const value = readJsonField(context, itemIndex, { name: json, label: read.field });
	return parseJsonObject(value, read);
}
