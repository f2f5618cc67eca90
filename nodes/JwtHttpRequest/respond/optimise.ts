import type { IExecuteFunctions } from 'n8n-workflow';
import { getPath, parsePath, setPath } from '../../../core/objectPath';
import { JwtAuthError } from '../../../core/errors';

function readFields(context: IExecuteFunctions, itemIndex: number): string[] {
	const fields: unknown = context.getNodeParameter('fields', itemIndex, '');
	const list: unknown[] = Array.isArray(fields) ? fields : String(fields).split(',');
	return list.map((field) => String(field).trim()).filter((field) => field !== '');
}

function selected(entry: unknown, fields: readonly string[]): Record<string, unknown> {
	const kept: Record<string, unknown> = {};
	for (const field of fields) {
		const value = getPath(entry, field);
		if (value !== undefined) setPath(kept, field, value);
	}
	return kept;
}

function without(entry: unknown, fields: readonly string[]): unknown {
	const copy: unknown = structuredClone(entry);
	for (const field of fields) {
		const members = parsePath(field);
		const last = members.pop() ?? '';
		const parent = members.reduce<unknown>(
			(inner, member) => getPath(inner, `["${member}"]`),
			copy,
		);
		if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last);
	}
	return copy;
}

function optimiseJson(context: IExecuteFunctions, itemIndex: number, body: unknown): unknown {
	const dataField = context.getNodeParameter('dataField', itemIndex, '') as string;
	const data =
		dataField === ''
			? body
			: Array.isArray(body)
				? body.map((entry) => getPath(entry, dataField))
				: getPath(body, dataField);
	if (data === undefined) {
		throw new JwtAuthError('RESPONSE_FIELD_MISSING', `The answer has no field "${dataField}".`);
	}
	const entries: unknown[] = Array.isArray(data) ? data : [data];
	const which = context.getNodeParameter('fieldsToInclude', itemIndex, 'all') as string;
	if (which === 'all') return entries;
	const fields = readFields(context, itemIndex);
	return entries.map((entry) =>
		which === 'selected' ? selected(entry, fields) : without(entry, fields),
	);
}

/**
 * What is done to a body so that less of it reaches the model, when the node is an AI tool and
 * Optimize Response is on; otherwise nothing.
 *
 * @returns throws {@link JwtAuthError} `RESPONSE_FIELD_MISSING`
 */
export function optimiser(
	context: IExecuteFunctions,
	itemIndex: number,
): (body: unknown) => unknown {
	if (context.getNodeParameter('optimizeResponse', itemIndex, false) !== true) {
		return (body) => body;
	}
	const responseType = context.getNodeParameter('responseType', itemIndex, 'json') as string;
	if (responseType === 'json') {
		return (body) =>
			typeof body === 'object' && body !== null ? optimiseJson(context, itemIndex, body) : body;
	}
	const truncate = context.getNodeParameter('truncateResponse', itemIndex, false) === true;
	const maxLength = Number(context.getNodeParameter('maxLength', itemIndex, 1000));
	return (body) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return truncate ? text.slice(0, maxLength) : text;
	};
}
