import { hasMembers } from '../../../core/shared/json';
import { JwtAuthError } from '../../../core/errors';

import { deletePath, getPath, setPath } from '../../../core/shared/objectPath';
import type { Optimization } from '../read/optimization';

function selectedFields(entry: unknown, fields: readonly string[]): Record<string, unknown> {
	const kept: Record<string, unknown> = {};
	for (const field of fields) {
		const value = getPath(entry, field);
		if (value !== undefined) setPath(kept, field, value);
	}
	return kept;
}

function withoutFields(entry: unknown, fields: readonly string[]): unknown {
	const copy: unknown = structuredClone(entry);
	for (const field of fields) deletePath(copy, field);
	return copy;
}

function optimizeJson(
	{ dataField, include, fields }: Extract<Optimization, { kind: 'json' }>,
	body: unknown,
): unknown {
	const data =
		dataField !== '' && Array.isArray(body)
			? body.map((entry) => getPath(entry, dataField))
			: getPath(body, dataField);
	if (data === undefined) {
		throw new JwtAuthError('RESPONSE_FIELD_MISSING', `The answer has no field "${dataField}".`);
	}
	const entries: unknown[] = Array.isArray(data) ? data : [data];
	if (include === 'all') return entries;
	return entries.map((entry) =>
		include === 'selected' ? selectedFields(entry, fields) : withoutFields(entry, fields),
	);
}

/**
 * Does to a body what makes less of it reach the model, where the person asked for that.
 *
 * @throws {@link JwtAuthError} `RESPONSE_FIELD_MISSING`
 */
export function optimize(optimization: Optimization | undefined, body: unknown): unknown {
	if (!optimization) return body;
	if (optimization.kind === 'json') {
		return hasMembers(body) ? optimizeJson(optimization, body) : body;
	}
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return text.slice(0, optimization.maxLength);
}
