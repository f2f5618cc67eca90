import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { keptFields } from '../../common/inputFields';
import { nodeForm } from '../../common/nodeForm';

/** What the form of Get Access Token says for one item. */
export interface AccessTokenForm {
	outputField: string;
	/** Whether the output has what Answer Fields keeps. */
	includeAnswer: boolean;
	/** Fields of the input item that stay in the output. */
	kept: IDataObject;
}

/**
 * Reads the form of Get Access Token for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readAccessTokenForm(
	context: IExecuteFunctions,
	itemIndex: number,
): AccessTokenForm {
	const form = nodeForm(context, itemIndex);
	const options = form.field('options', 'Options').section();
	return {
		outputField: form.field('outputField', 'Put Output in Field').name('accessToken'),
		includeAnswer: options.field('includeAnswer', 'Include Answer Fields').boolean(false),
		kept: keptFields(context, itemIndex, options),
	};
}
