import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** Option for the longest token read. */
export const maximumSizeField: INodeProperties = {
	displayName: 'Maximum Size (kB)',
	name: 'maximumSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1024 },
	default: 64,
	description: 'Longest token that is read. Longer ones are refused unread.',
};

/** The option of {@link maximumSizeField} in characters; undefined where it was not added. */
export function readMaximumLength({ maximumSize }: IDataObject): number | undefined {
	return typeof maximumSize === 'number' ? maximumSize * 1024 : undefined;
}
