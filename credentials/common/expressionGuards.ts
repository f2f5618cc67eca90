import type { INodeProperties } from 'n8n-workflow';
import { computedFlag } from '../../core/settings/readCredential';
import { wholeExpressionNotice } from '../../core/shared/expressionText';
import { COMPUTED_CLAIMS } from '../../core/sign/computedClaims';

const INSIDE_TEXT = '(?:[^"\\\\]|\\\\.)*';
const TEXT = `"${INSIDE_TEXT}"`;

/** JSON, not an expression as a whole, with a text that has {{ }} but no "=" in front. */
const UNMARKED_IN_JSON = `^(?!=)[^"]*(?:${TEXT}[^"]*)*"(?!=)${INSIDE_TEXT}\\{\\{${INSIDE_TEXT}\\}\\}`;

/** JSON that is an expression as a whole, with a value that begins with an expression of its own. */
const NESTED_IN_JSON = '^=\\s*\\{(?!\\{)[^]*"=\\s*\\{\\{';

/** Text that is an expression as a whole, or in which no member of this name is an expression. */
const notComputedInJson = (name: string): string => `^=|^(?![^]*"${name}"\\s*:\\s*"=)`;

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

/**
 * A hidden field that n8n keeps only where no stored text matches the pattern of its field. By what is
 * to hide it: n8n takes a field that is an expression as a whole for one that shows everything.
 */
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
 * Hidden fields, one for each claim without which a token may be good for more: n8n keeps those whose
 * claim the stored payload holds as an expression, and takes the claim itself out of the payload where
 * the expression finds nothing; see `assertComputed`.
 */
const computedClaims: INodeProperties[] = COMPUTED_CLAIMS.map((claim) =>
	hiddenFlag(`Computes ${claim}`, computedFlag(claim), { payload: notComputedInJson(claim) }),
);

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
		...(jsonNames.includes('payload') ? computedClaims : []),
	];
}
