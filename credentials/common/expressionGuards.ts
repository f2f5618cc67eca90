import type { INodeProperties } from 'n8n-workflow';
import { wholeExpressionNotice } from '../../core/shared/expressionText';

const INSIDE_TEXT = '(?:[^"\\\\]|\\\\.)*';
const TEXT = `"${INSIDE_TEXT}"`;

/** JSON, not an expression as a whole, with a text that has {{ }} but no "=" in front. */
const UNMARKED_IN_JSON = `^(?!=)[^"]*(?:${TEXT}[^"]*)*"(?!=)${INSIDE_TEXT}\\{\\{${INSIDE_TEXT}\\}\\}`;

/** JSON that is an expression as a whole, with a value that begins with an expression of its own. */
const NESTED_IN_JSON = '^=\\s*\\{(?!\\{)[^]*"=\\s*\\{\\{';

/** A text field with {{ }} that is no expression. */
const UNMARKED = '^(?!=)[^]*\\{\\{[^]*\\}\\}';

/**
 * Warns above a JSON field that is an expression as a whole; below it, n8n's preview of the expression
 * would cover the notice.
 */
function noticeFor(field: INodeProperties): INodeProperties {
	return {
		displayName: wholeExpressionNotice(field.displayName),
		name: `${field.name}Notice`,
		type: 'notice',
		default: '',
		displayOptions: {
			...field.displayOptions,
			// Last, because n8n stops looking at conditions when it meets an expression.
			show: { ...field.displayOptions?.show, [field.name]: [{ _cnd: { startsWith: '=' } }] },
		},
	};
}

/** A hidden field that n8n keeps only where no stored text matches the pattern of its field. */
function hiddenFlag(
	displayName: string,
	name: string,
	patterns: Record<string, string>,
): INodeProperties {
	const hide = Object.fromEntries(
		Object.entries(patterns).map(([field, regex]) => [field, [{ _cnd: { regex } }]]),
	);
	return { displayName, name, type: 'hidden', default: true, displayOptions: { hide } };
}

/**
 * Guards the JSON fields of a credential against expressions that are not computed as they were
 * meant: a notice above each that is an expression as a whole, and two hidden fields for core. n8n
 * judges those on the stored texts, before it computes them, and drops `expressionsMarked` where
 * {{ }} stands as plain text, `expressionsApart` where an expression stands within another; see
 * `assertExpressionsInPlace`.
 */
export function withExpressionGuards(fields: INodeProperties[]): INodeProperties[] {
	const jsonNames = fields.filter(({ type }) => type === 'json').map(({ name }) => name);
	const forEachJson = (pattern: string) =>
		Object.fromEntries(jsonNames.map((name) => [name, pattern]));
	return [
		...fields.flatMap((field) => (field.type === 'json' ? [noticeFor(field), field] : [field])),
		hiddenFlag('Expressions Marked', 'expressionsMarked', {
			...forEachJson(UNMARKED_IN_JSON),
			keyId: UNMARKED,
		}),
		hiddenFlag('Expressions Apart', 'expressionsApart', forEachJson(NESTED_IN_JSON)),
	];
}
