import type { INodeProperties } from 'n8n-workflow';
import { storedName } from '../../core/settings/storedContent';
import { wholeExpressionNotice } from '../../core/shared/expressionText';

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
 * A hidden field in which n8n hands the stored content of a field to core, beside what it computes of
 * it: not for a field that is an expression as a whole, which `$self` would compute.
 */
function storedContent(name: string): INodeProperties {
	return {
		displayName: `Stored ${name}`,
		name: storedName(name),
		type: 'hidden',
		default: `={{ JSON.stringify($self.${name}) }}`,
		displayOptions: {
			hide: { [name]: [{ _cnd: { startsWith: '=' } }, '', '{}'] },
		},
	};
}

/** A hidden field that n8n keeps only where no value of a JSON field begins with an expression. */
function expressionsApart(jsonNames: string[]): INodeProperties {
	const beginsWithExpression = ['"={{', '"= {{'].map((includes) => ({ _cnd: { includes } }));
	return {
		displayName: 'Expressions Apart',
		name: 'expressionsApart',
		type: 'hidden',
		default: true,
		displayOptions: {
			hide: Object.fromEntries(jsonNames.map((name) => [name, beginsWithExpression])),
		},
	};
}

/**
 * Guards the JSON fields of a credential and its Key ID against expressions that are not computed as
 * they were meant: a notice above each JSON field that is an expression as a whole, and hidden fields
 * for core to judge by. n8n decides on those by what is stored, before it computes anything; see
 * `assertExpressionsInPlace` and `computedClaims`.
 *
 * No condition is a regular expression: n8n gives each 250 ms of time, not of work, so that on a busy
 * machine an item ends in an error of n8n's own.
 */
export function withExpressionGuards(fields: INodeProperties[]): INodeProperties[] {
	const jsonNames = fields.filter(({ type }) => type === 'json').map(({ name }) => name);
	const guarded = fields.filter(({ name }) => name === 'keyId' || jsonNames.includes(name));
	const names = new Set(guarded.map(({ name }) => name));
	return [
		...fields.flatMap((field) => (field.type === 'json' ? [noticeFor(field), field] : [field])),
		...[...names].map(storedContent),
		expressionsApart(jsonNames),
	];
}
