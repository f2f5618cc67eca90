import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { keptFields } from '../../common/inputFields';
import { nodeForm } from '../../common/nodeForm';
import { readMaximumLength } from './maximumSize';
import { readToken } from './token';

/** What the form of Decode says for one item. */
export interface DecodeForm {
	token: string;
	outputField: string;
	/** Most characters of a token that is read. */
	maximumLength: number;
	/** Fields of the input item that stay in the output. */
	kept: IDataObject;
}

/**
 * Reads the form of Decode for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readDecodeForm(context: IExecuteFunctions, itemIndex: number): DecodeForm {
	const form = nodeForm(context, itemIndex);
	const options = form.field('decodeOptions', 'Options').section();
	return {
		token: readToken(context, itemIndex),
		outputField: form.field('outputField', 'Put Output in Field').name('decoded'),
		maximumLength: readMaximumLength(options),
		kept: keptFields(context, itemIndex, options),
	};
}
