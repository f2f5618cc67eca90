import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Form } from '../../core/settings/fieldValue';

/** Option for what becomes of the input item's fields. */
export const includeInputFieldsField: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: true,
	description: "Whether to keep the input item's fields beside what this node adds",
};

/**
 * A copy of the input item's fields, empty where {@link includeInputFieldsField} is off.
 *
 * @param options the collection that has the switch
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function keptFields(
	context: IExecuteFunctions,
	itemIndex: number,
	options: Form,
): IDataObject {
	const isKept = options.field('includeInputFields', 'Include Input Fields').boolean(true);
	return isKept ? { ...context.getInputData()[itemIndex]?.json } : {};
}
