import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readHttpMethod } from '../../../core/request/httpMethod';
import { freezeRequest } from '../../../core/request/outgoingRequest';
import type { Form } from '../../../core/settings/fieldValue';
import type { ItemClaims } from '../../../core/settings/readItemClaims';
import type { BoundRequest } from '../../../core/sign/requestBindingValues';
import { readClaimFields } from '../../common/claimFields';
import { keptFields } from '../../common/inputFields';
import { nodeForm } from '../../common/nodeForm';
import { HEADER_PARAMETERS } from '../description/signFields';

/** What the form of Sign says for one item. */
export interface TokenForm extends ItemClaims {
	outputField: string;
	includeDecoded: boolean;
	includeMetadata: boolean;
	/** Fields of the input item that stay in the output. */
	kept: IDataObject;
	/** Members of the header, over those of the credential. */
	headerParameters: Record<string, unknown>;
	/** Key ID From Key, where it is to overrule the credential's. */
	keyIdFromKey: boolean | undefined;
	/** The request the token is for, where the person names one: JWT Sign sends none itself. */
	request: BoundRequest | undefined;
}

function readBoundRequest(options: Form): BoundRequest | undefined {
	const url = options.field('boundUrl', 'Bound Request URL').text('');
	const label = 'Bound Request Method';
	const method = readHttpMethod(options.field('boundMethod', label).text('GET'), label);
	const body = options.field('boundBody', 'Bound Request Body').content('');
	if (url === '') return undefined;
	return freezeRequest({ url, method, body: body === '' ? undefined : body });
}

function readKeyIdFromKey(options: Form): boolean | undefined {
	const field = options.field('keyIdFromKey', 'Key ID From Key');
	return field.isThere ? field.boolean(false) : undefined;
}

/**
 * Reads the form of Sign for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `HEADER_PARAMETERS_INVALID` and the codes of claims
 */
export function readTokenForm(context: IExecuteFunctions, itemIndex: number): TokenForm {
	const form = nodeForm(context, itemIndex);
	const { name, label } = HEADER_PARAMETERS;
	const code = 'HEADER_PARAMETERS_INVALID';
	const outputField = form.field('outputField', 'Put Output in Field').name('token');
	const options = form.field('options', 'Options').section();
	return {
		outputField,
		includeDecoded: options.field('includeDecoded', 'Include Decoded Token').boolean(false),
		includeMetadata: options.field('includeMetadata', 'Include Metadata').boolean(false),
		keyIdFromKey: readKeyIdFromKey(options),
		headerParameters: form.json(name, label, code).jsonObject(code),
		...readClaimFields(context, itemIndex),
		request: readBoundRequest(options),
		kept: keptFields(context, itemIndex, options),
	};
}
