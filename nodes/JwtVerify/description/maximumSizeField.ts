import type { INodeProperties } from 'n8n-workflow';

/** Option for the longest token read. */
export const maximumSizeField: INodeProperties = {
	displayName: 'Maximum Size (kB)',
	name: 'maximumSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1024 },
	default: 64,
	description: 'Longest token that is read. Longer ones are refused unread.',
};
