import type { IExecuteFunctions } from 'n8n-workflow';
import { parseJsonObject } from '../../../core/json';

/** One row of a list of names and values. */
export interface Row {
	name: string;
	value: unknown;
}

/** Where one part of the request stands in the form. */
export interface PairFields {
	/** Name of the field that chooses between rows and JSON. */
	specify: string;
	rows: string;
	json: string;
	/** What the person calls the JSON field. */
	label: string;
}

/** Rows with a name. */
export function readRows<T extends Row>(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): T[] {
	const rows = context.getNodeParameter(`${field}.parameters`, itemIndex, []) as T[];
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
 * @throws {@link JwtAuthError} the codes of {@link parseJsonObject}
 */
export function readPairs(
	context: IExecuteFunctions,
	itemIndex: number,
	{ specify, rows, json, label }: PairFields,
): Record<string, unknown> {
	if (context.getNodeParameter(specify, itemIndex, 'keypair') !== 'json') {
		return rowsToObject(readRows(context, itemIndex, rows));
	}
	return parseJsonObject(context.getNodeParameter(json, itemIndex, ''), {
		field: label,
		notObject: 'JSON_MALFORMED',
	});
}
