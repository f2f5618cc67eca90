import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { DecodeForm } from '../read/decodeForm';

/** The output item of Decode: what the token says, beside the fields of the input. */
export function decodedItem(report: object, { kept, outputField }: DecodeForm): INodeExecutionData {
	return { json: { ...kept, [outputField]: report as IDataObject } };
}
