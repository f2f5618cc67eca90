import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { DecodeForm } from '../read/decodeForm';

/**
 * The output item of Decode: what the token says, and after it the fields of the input, whose token
 * would fill n8n's table.
 */
export function decodedItem(report: object, { kept, outputField }: DecodeForm): INodeExecutionData {
	const decoded = { [outputField]: report as IDataObject };
	return { json: { ...decoded, ...kept, ...decoded } };
}
