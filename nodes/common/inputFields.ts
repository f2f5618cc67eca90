import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Option for what becomes of the input item's fields. */
export const includeInputFieldsField: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: true,
	description: "Whether to keep the input item's fields beside what this node adds",
};

/** A copy of the input item's fields, empty where {@link includeInputFieldsField} is off. */
export function keptFields(
	context: IExecuteFunctions,
	itemIndex: number,
	{ includeInputFields }: IDataObject,
): IDataObject {
	return includeInputFields === false ? {} : { ...context.getInputData()[itemIndex]?.json };
}
