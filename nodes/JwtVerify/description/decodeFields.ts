import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { reportDecoded } from '../../../core/verify/tokenReport';
import { includeInputFieldsField, keptFields } from '../../common/inputFields';
import { nodeForm } from '../../common/nodeForm';
import { maximumSizeField, readMaximumLength } from '../read/maximumSize';

const showForDecode: INodeProperties['displayOptions'] = { show: { operation: ['decode'] } };

export const fields: INodeProperties[] = [
	{
		displayName:
			'Decode verifies nothing: anybody can write a token that says anything. Use Verify before you trust it.',
		name: 'decodeNotice',
		type: 'notice',
		default: '',
		displayOptions: showForDecode,
	},
	{
		displayName: 'Put Output in Field',
		name: 'outputField',
		type: 'string',
		default: 'decoded',
		required: true,
		placeholder: 'e.g. decoded',
		description: 'Name of the output field that gets header, payload and times of the token',
		displayOptions: showForDecode,
	},
	{
		displayName: 'Options',
		name: 'decodeOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: showForDecode,
		options: [includeInputFieldsField, maximumSizeField],
	},
];

/** Reads the token of one item. */
export function decodeItem(
	context: IExecuteFunctions,
	itemIndex: number,
	token: string,
): INodeExecutionData {
	const form = nodeForm(context, itemIndex);
	const outputField = form.field('outputField', 'Put Output in Field').name('decoded');
	const options = form.field('decodeOptions', 'Options').section();
	const report = reportDecoded(token, new Date(), readMaximumLength(options));
	const kept = keptFields(context, itemIndex, options);
	return { json: { ...kept, [outputField]: report as IDataObject } };
}
