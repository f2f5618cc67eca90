import type { IExecuteFunctions } from 'n8n-workflow';
import type { JwtAuthErrorCode } from '../../core/errors';
import { FieldValue, type Form } from '../../core/settings/fieldValue';
import type { FormContext } from './formContext';
import { readJsonField } from './jsonField';
import { readField } from './nodeField';

/** The fields of a node, for one item. */
export interface NodeForm extends Form {
	/**
	 * A JSON field, each expression between its quotes computed by itself.
	 *
	 * @param nothingFound code of the refusal of one that finds nothing; left out, its member is
	 * @throws `JwtAuthError` `EXPRESSION_UNRESOLVED`, `nothingFound`, `JSON_*`
	 */
	json(name: string, label: string, nothingFound?: JwtAuthErrorCode): FieldValue;
}

/** The fields of a node that are no JSON fields, for one item. */
export function fieldsOf(context: FormContext, itemIndex: number): Form {
	return {
		field: (name, label) => new FieldValue(label, readField(context, itemIndex, name)),
	};
}

/** The fields of a node, for one item. */
export function nodeForm(context: IExecuteFunctions, itemIndex: number): NodeForm {
	return {
		...fieldsOf(context, itemIndex),
		json: (name, label, nothingFound) => {
			const field = { name, label, nothingFound };
			return new FieldValue(label, readJsonField(context, itemIndex, field));
		},
	};
}
