import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { hasMembers } from '../../../core/shared/hasMembers';
import { deletePath, getPath, setPath } from '../../../core/shared/objectPath';
import { fieldReader, type FieldReader } from '../../common/fieldReader';

function readFields(field: FieldReader): string[] {
	const fields = field('fields') ?? '';
	const list: unknown[] = Array.isArray(fields) ? fields : String(fields).split(',');
	return list.map((name) => String(name).trim()).filter((name) => name !== '');
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
	for (const field of fields) deletePath(copy, field);
	return copy;
}

function optimiseJson(field: FieldReader, body: unknown): unknown {
	const dataField = String(field('dataField') ?? '');
	const data =
		dataField !== '' && Array.isArray(body)
			? body.map((entry) => getPath(entry, dataField))
			: getPath(body, dataField);
	if (data === undefined) {
		throw new JwtAuthError('RESPONSE_FIELD_MISSING', `The answer has no field "${dataField}".`);
	}
	const entries: unknown[] = Array.isArray(data) ? data : [data];
	const which = field('fieldsToInclude') ?? 'all';
	if (which === 'all') return entries;
	const fields = readFields(field);
	return entries.map((entry) =>
		which === 'selected' ? selected(entry, fields) : without(entry, fields),
	);
}

/**
 * Does to a body what makes less of it reach the model, when the node is an AI tool and Optimize
 * Response is on; otherwise nothing.
 *
 * @throws {@link JwtAuthError} `RESPONSE_FIELD_MISSING`
 */
export function optimise(context: IExecuteFunctions, itemIndex: number, body: unknown): unknown {
	const field = fieldReader(context, itemIndex);
	if (field('optimizeResponse') !== true) return body;
	if ((field('responseType') ?? 'json') === 'json') {
		return hasMembers(body) ? optimiseJson(field, body) : body;
	}
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	if (field('truncateResponse') !== true) return text;
	return text.slice(0, Number(field('maxLength') ?? 1000));
}
