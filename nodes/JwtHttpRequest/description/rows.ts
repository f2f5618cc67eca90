import type { INodeProperties } from 'n8n-workflow';
import { JSON_HINT, jsonEditor, wholeExpressionNoticeField } from '../../common/jsonField';
import type { PairFields } from './pairFields';

/** Values of other fields that a field is shown for. */
export type Show = Record<string, Array<string | boolean>>;

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
};

const valueField: INodeProperties = { ...nameField, displayName: 'Value', name: 'value' };

/** A list of rows; names and values unless other columns are given. */
export function rows(
	name: string,
	displayName: string,
	addLabel: string,
	show: Show,
	columns: INodeProperties[] = [nameField, valueField],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
		},
		placeholder: addLabel,
		default: { parameters: [{ name: '', value: '' }] },
		displayOptions: { show },
		options: [{ displayName: 'Parameter', name: 'parameters', values: columns }],
	};
}

/** An entry of Add Option that has fields of its own. */
export function section(
	name: string,
	displayName: string,
	fields: INodeProperties[],
	inner = name,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		placeholder: `Add ${displayName}`,
		default: { [inner]: {} },
		options: [{ displayName, name: inner, values: fields }],
	};
}

/** Where the file is that is sent. */
export const fileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'inputDataFieldName',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	description: 'Name of the field of the input item that holds the file',
};

/** The columns of a multipart form: a text or a file. */
export const multipartColumns: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'parameterType',
		type: 'options',
		options: [
			{ name: 'Form Data', value: 'formData' },
			{ name: 'N8n Binary File', value: 'formBinaryData' },
		],
		default: 'formData',
	},
	nameField,
	{ ...valueField, displayOptions: { show: { parameterType: ['formData'] } } },
	{ ...fileField, displayOptions: { show: { parameterType: ['formBinaryData'] } } },
];

/** The switch that opens one part of the request. */
export function sendSwitch(name: string, displayName: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: `Whether the request has ${what}`,
	};
}

/** Chooses how one part of the request is given: by rows, or in the given other way. */
export function specify(
	name: string,
	displayName: string,
	show: Show,
	other = { name: 'Using JSON', value: 'json' },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		options: [{ name: 'Using Fields Below', value: 'keypair' }, other],
		default: 'keypair',
		displayOptions: { show },
	};
}

/** A JSON field, and its notice. */
export function json(name: string, displayName: string, show: Show): INodeProperties[] {
	return [
		wholeExpressionNoticeField(displayName, name, { show }),
		{
			displayName,
			name,
			type: 'json',
			typeOptions: jsonEditor,
			default: '',
			placeholder: 'e.g. { "name": "value" }',
			hint: JSON_HINT,
			displayOptions: { show },
		},
	];
}

/** One part of the request: its switch, and rows or JSON. */
export function pairs(fields: PairFields, addLabel: string, what: string): INodeProperties[] {
	const { label } = fields;
	const sent = { [fields.send]: [true] };
	return [
		sendSwitch(fields.send, `Send ${label}`, what),
		specify(fields.specify, `Specify ${label}`, sent),
		rows(fields.rows, label, addLabel, { ...sent, [fields.specify]: ['keypair'] }),
		...json(fields.json, `${label} (JSON)`, { ...sent, [fields.specify]: ['json'] }),
	];
}
