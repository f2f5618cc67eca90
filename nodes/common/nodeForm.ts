import type { IExecuteFunctions } from 'n8n-workflow';
import { FieldValue, NOT_THERE, type Form } from '../../core/settings/fieldValue';

/** The fields of a node, for one item. */
export function nodeForm(context: IExecuteFunctions, itemIndex: number): Form {
	return {
		field: (name, label) =>
			new FieldValue(label, context.getNodeParameter(name, itemIndex, NOT_THERE) as unknown),
	};
}
