import type { INodeProperties } from 'n8n-workflow';

/** What makes n8n compute a text anew for each item: "=" in front of it, or of a JSON text inside. */
const HOLDS_EXPRESSION = [
	{ _cnd: { startsWith: '=' } },
	{ _cnd: { includes: '"=' } },
	// "=" may also be written as an escape.
	{ _cnd: { includes: '\\u003' } },
];

/**
 * Adds a hidden field `sameForEveryItem` that n8n keeps only where no field holds an expression.
 *
 * n8n judges it on the stored texts and drops it with the other fields that are not displayed, so
 * that a node learns whether it has to read the credential for each item: every reading costs a
 * query, a decryption and an evaluation. See `isSameForEveryItem` in core.
 */
export function withSameForEveryItem(fields: INodeProperties[]): INodeProperties[] {
	const hide = Object.fromEntries(fields.map(({ name }) => [name, HOLDS_EXPRESSION]));
	return [
		...fields,
		{
			displayName: 'Same for Every Item',
			name: 'sameForEveryItem',
			type: 'hidden',
			default: true,
			displayOptions: { hide },
		},
	];
}
