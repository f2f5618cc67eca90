import type { INodeProperties } from 'n8n-workflow';
import { nameField, rows } from './rows';

const updateMode = { paginationMode: ['updateAParameterInEachRequest'] };
const nextUrlMode = { paginationMode: ['responseContainsNextURL'] };
const whenOff = { hide: { paginationMode: ['off'] } };

const startField: INodeProperties = {
	displayName: 'Start',
	name: 'start',
	type: 'number',
	default: 1,
	description: 'Value for the first page',
};

/**
 * Pages are counted from 1, what is left out before a page from 0. A new row has Page Number, and n8n
 * may give it the default of the last field of a name, shown or not.
 */
const startFields: INodeProperties[] = [
	{ ...startField, default: 0, displayOptions: { show: { valueFrom: ['offset'] } } },
	{ ...startField, displayOptions: { show: { valueFrom: ['pageNumber'] } } },
];

const parameterColumns: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Body', value: 'body' },
			{ name: 'Header', value: 'headers' },
			{ name: 'Query', value: 'qs' },
		],
		default: 'qs',
		description: 'Where the parameter goes',
	},
	{ ...nameField, placeholder: 'e.g. page' },
	{
		displayName: 'Value',
		name: 'valueFrom',
		type: 'options',
		options: [
			{ name: 'Cursor From Response', value: 'cursor' },
			{ name: 'Offset', value: 'offset' },
			{ name: 'Page Number', value: 'pageNumber' },
		],
		default: 'pageNumber',
		description: 'What the parameter is set to',
	},
	...startFields,
	{
		displayName: 'Step',
		name: 'step',
		type: 'number',
		default: 100,
		description: 'How much the offset grows from page to page',
		displayOptions: { show: { valueFrom: ['offset'] } },
	},
	{
		displayName: 'Cursor Field',
		name: 'cursorField',
		type: 'string',
		default: '',
		placeholder: 'e.g. paging.next_cursor',
		description: 'Field of the response that holds the cursor of the next page; dots lead into it',
		displayOptions: { show: { valueFrom: ['cursor'] } },
	},
];

const nextPageFields: INodeProperties[] = [
	{
		displayName: 'Next URL In',
		name: 'nextUrlSource',
		type: 'options',
		options: [
			{ name: 'Field of the Response', value: 'field' },
			{ name: 'Link Header', value: 'linkHeader' },
		],
		default: 'field',
		description: 'Where the API says how to get the next page',
		displayOptions: { show: nextUrlMode },
	},
	{
		displayName: 'Next URL Field',
		name: 'nextUrlField',
		type: 'string',
		default: '',
		placeholder: 'e.g. paging.next',
		description: 'Field of the response that holds the address of the next page; dots lead into it',
		displayOptions: { show: { ...nextUrlMode, nextUrlSource: ['field'] } },
	},
	{
		...rows('parameters', 'Parameters', 'Add Parameter', updateMode, parameterColumns),
		default: { parameters: [{ type: 'qs', name: '', valueFrom: 'pageNumber' }] },
	},
];

const completionFields: INodeProperties[] = [
	{
		displayName: 'Pagination Complete When',
		name: 'paginationCompleteWhen',
		type: 'options',
		options: [
			{ name: 'Field Has Value', value: 'fieldHasValue' },
			{ name: 'Receive Specific Status Code(s)', value: 'receiveSpecificStatusCodes' },
			{ name: 'Response Is Empty', value: 'responseIsEmpty' },
		],
		default: 'responseIsEmpty',
		description: 'When there are no more pages. A missing next URL or cursor ends it too.',
		displayOptions: whenOff,
	},
	{
		displayName: 'Items Field',
		name: 'itemsField',
		type: 'string',
		default: '',
		placeholder: 'e.g. items',
		description:
			'Field of the response whose list is empty at the end; leave empty for the response',
		displayOptions: { show: { paginationCompleteWhen: ['responseIsEmpty'] }, ...whenOff },
	},
	{
		displayName: 'Status Code(s) When Complete',
		name: 'statusCodesWhenComplete',
		type: 'string',
		default: '',
		placeholder: 'e.g. 404, 416',
		description: 'Accepts comma-separated values',
		displayOptions: {
			show: { paginationCompleteWhen: ['receiveSpecificStatusCodes'] },
			...whenOff,
		},
	},
	{
		displayName: 'Complete Field',
		name: 'completeField',
		type: 'string',
		default: '',
		placeholder: 'e.g. has_more',
		description: 'Field of the response that says whether there are more pages',
		displayOptions: { show: { paginationCompleteWhen: ['fieldHasValue'] }, ...whenOff },
	},
	{
		displayName: 'Complete Value',
		name: 'completeValue',
		type: 'string',
		default: '',
		placeholder: 'e.g. false',
		description:
			'Value of the field at the end. Leave empty for missing, null, false, zero or an empty list.',
		displayOptions: { show: { paginationCompleteWhen: ['fieldHasValue'] }, ...whenOff },
	},
];

const limitFields: INodeProperties[] = [
	{
		displayName: 'Limit Pages Fetched',
		name: 'limitPagesFetched',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: 'Whether the number of requests should be limited',
		displayOptions: whenOff,
	},
	{
		displayName: 'Max Pages',
		name: 'maxRequests',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 100,
		description: 'How many pages to fetch at most',
		displayOptions: { show: { limitPagesFetched: [true] }, ...whenOff },
	},
	{
		displayName: 'Interval Between Requests (Ms)',
		name: 'requestInterval',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Time in milliseconds to wait between two pages',
		displayOptions: whenOff,
	},
];

/** How pages are fetched; names as in n8n's own node where the field means the same. */
export const paginationFields: INodeProperties[] = [
	{
		displayName: 'Pagination Mode',
		name: 'paginationMode',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off' },
			{ name: 'Response Contains Next URL', value: 'responseContainsNextURL' },
			{ name: 'Update a Parameter in Each Request', value: 'updateAParameterInEachRequest' },
		],
		default: 'updateAParameterInEachRequest',
		description: 'How to get from one page to the next',
	},
	...nextPageFields,
	...completionFields,
	...limitFields,
];
