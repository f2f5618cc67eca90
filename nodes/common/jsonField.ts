import { isObject } from '../../core/shared/json';
import type { EditorType, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { JwtAuthError, type JwtAuthErrorCode } from '../../core/errors';
import { isMarkedExpression, wholeExpressionNotice } from '../../core/shared/expressionText';

import { scanJson } from '../../core/shared/strictJson';
import {
	nestedExpressionError,
	refuseUnmarkedExpressions,
} from '../../core/shared/unresolvedExpression';
import { readField, writtenField } from './nodeField';

type DisplayOptions = INodeProperties['displayOptions'];

/**
 * Type options of a JSON field. Without an editor of its own, n8n's form turns a text with {{ }} into
 * an expression as a whole. n8n draws the JSON editor for this name, but its types do not list it.
 */
export const jsonEditor = { editor: 'json' as string as EditorType };

/** What the form says under a JSON field in which values of the item can be used. */
export const JSON_HINT =
	'To take a value from the item, put an expression between the quotes: "name": "={{ $json.name }}"';

const WHOLE_EXPRESSIONS = 'wholeExpressions';

/**
 * A hidden field that tells the form which JSON fields are expressions as a whole: for conditions of
 * a node n8n's editor takes what an expression gives in place of what is written. It is not for
 * reading in a run.
 *
 * @param names the JSON fields, as far as they stand in no collection
 */
export function wholeExpressionsField(names: string[]): INodeProperties {
	const isExpression = '(name) => String($rawParameter[name]).startsWith("=")';
	return {
		displayName: 'Whole Expressions',
		name: WHOLE_EXPRESSIONS,
		type: 'hidden',
		default: `={{ ${JSON.stringify(names)}.filter(${isExpression}).join() }}`,
	};
}

/**
 * The notice of a JSON field that is an expression as a whole; it stands above the field, since n8n's
 * preview of the expression covers what is below.
 *
 * @param label the field as the person calls it
 * @param path the field's name, with those of the collections it stands in
 * @param displayOptions the field's own
 */
export function wholeExpressionNoticeField(
	label: string,
	path: string,
	displayOptions: DisplayOptions,
): INodeProperties {
	const show = path.includes('.')
		? { [path]: [{ _cnd: { startsWith: '=' } }] }
		: { [WHOLE_EXPRESSIONS]: [{ _cnd: { includes: path } }] };
	return {
		displayName: wholeExpressionNotice(label),
		name: `${path.replace('.', '_')}Notice`,
		type: 'notice',
		default: '',
		// Last, because n8n stops looking at conditions when it meets an expression.
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...show } },
	};
}

/** A JSON field of a node's form as {@link readJsonField} reads it. */
export interface JsonField {
	/** Its name, with those of the collections it stands in. */
	name: string;
	/** What the person calls it. */
	label: string;
	/** Code of the refusal of an expression that finds nothing; left out, its member is left out. */
	nothingFound?: JwtAuthErrorCode;
}

/** Text of a template such as `={ "sub": "={{ $json.user }}" }`: an expression within another. */
function isNested(wholeExpression: string): boolean {
	const text = wholeExpression.slice(1).trimStart();
	return text.startsWith('{') && !text.startsWith('{{') && text.includes('"={{');
}

/** Computes every marked expression in a value that was typed, at any depth. */
function compute(
	value: unknown,
	evaluate: (expression: string, name: string) => unknown,
	name = '',
): unknown {
	if (typeof value === 'string') return isMarkedExpression(value) ? evaluate(value, name) : value;
	if (Array.isArray(value)) return value.map((element) => compute(element, evaluate, name));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([member, inner]) => [member, compute(inner, evaluate, member)]),
	);
}

/**
 * Reads a JSON field for one item. In a text that is Fixed, n8n computes nothing; each value that is
 * an expression (`"sub": "={{ $json.user }}"`) is computed here by itself, so that data can only ever
 * be that value. What an expression gives is never computed again.
 *
 * @returns the text as it stands where nothing in it is to be computed, else its value; whatever n8n
 *   makes of a field that is an expression as a whole; `NOT_THERE` for one that is not there
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`, the field's `nothingFound`, `JSON_*`
 */
export function readJsonField(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, label, nothingFound }: JsonField,
): unknown {
	const written = writtenField(context, itemIndex, name);
	if (typeof written !== 'string' || written.startsWith('=')) {
		if (typeof written === 'string' && isNested(written)) throw nestedExpressionError(label);
		return readField(context, itemIndex, name);
	}
	if (!written.includes('{{')) return written;
	scanJson(written, { field: label, refuseRounding: true });
	const typed: unknown = JSON.parse(written);
	refuseUnmarkedExpressions(typed, label);
	const computed = compute(typed, (expression, member) => {
		const value: unknown = context.evaluateExpression(expression.slice(1), itemIndex);
		if (nothingFound && (value === undefined || value === null)) {
			throw new JwtAuthError(
				nothingFound,
				`The expression of ${member} in ${label} finds nothing for this item.`,
				{ hint: 'Correct the expression, or take the member out.' },
			);
		}
		return value;
	});
	// A text is a value here, and must not be taken for JSON by whoever reads on.
	return typeof computed === 'string' ? JSON.stringify(computed) : computed;
}

/**
 * Refuses fields of a list or collection in which an expression is written as plain text.
 *
 * @param name the collection's name
 * @param labelOf what the person calls a field of it
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`
 */
export function refuseUnmarkedFields(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	labelOf: (field: string) => string,
): void {
	const written = writtenField(context, itemIndex, name);
	if (!isObject(written)) return;
	for (const [field, value] of Object.entries(written)) {
		const hint = `Switch ${labelOf(field)} to Expression, as in ={{ $json.user }}`;
		refuseUnmarkedExpressions(value, labelOf(field), hint);
	}
}
