import type { INodeProperties } from 'n8n-workflow';

/** When and how calls are answered whose token holds. */
export const responseFields: INodeProperties[] = [
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		options: [
			{ name: 'Immediately', value: 'onReceived', description: 'As soon as this node executes' },
			{
				name: 'Streaming',
				value: 'streaming',
				description: 'Returns data in real time from streaming enabled nodes',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'Returns data of the last-executed node',
			},
		],
		default: 'onReceived',
		description:
			"When and how to respond to calls whose token holds; others are answered at once. A 'Respond to Webhook' node works behind n8n's own triggers only.",
	},
	{
		displayName:
			"n8n's 'Respond to Webhook' node works behind n8n's own triggers only. If you need it, use n8n's Webhook and a JWT Verify node behind it: <a href=\"https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/verify.md\" target=\"_blank\">example</a>",
		name: 'respondNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { responseMode: ['lastNode', 'streaming'] } },
	},
	{
		displayName: 'Response Data',
		name: 'responseData',
		type: 'options',
		options: [
			{
				name: 'All Entries',
				value: 'allEntries',
				description: 'Returns all the entries of the last node. Always returns an array.',
			},
			{
				name: 'First Entry Binary',
				value: 'firstEntryBinary',
				description:
					'Returns the binary data of the first entry of the last node. Always returns a binary file.',
			},
			{
				name: 'First Entry JSON',
				value: 'firstEntryJson',
				description:
					'Returns the JSON data of the first entry of the last node. Always returns a JSON object.',
			},
			{ name: 'No Response Body', value: 'noData', description: 'Returns without a body' },
		],
		default: 'firstEntryJson',
		description: 'What data of the last node is returned',
		displayOptions: { show: { responseMode: ['lastNode'] } },
	},
	{
		displayName: 'Property Name',
		name: 'responseBinaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		description: 'Name of the binary property to return',
		displayOptions: { show: { responseMode: ['lastNode'], responseData: ['firstEntryBinary'] } },
	},
];
