import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { binaryFieldOfBody } from '../../JwtVerify/description/bodyHashField';
import {
	certificateOfCall,
	certificateOfItem,
	proofOfItem,
} from '../../JwtVerify/description/possessionFields';
import { verifyFields } from '../../JwtVerify/description/verifyFields';

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** What JWT Verify asks about its items, which a webhook has none of. */
const ABOUT_ITEMS: readonly string[] = [
	...['includeInputFields', 'onInvalid', binaryFieldOfBody.name],
	...proofOfItem.map(({ name }) => name),
];

function withoutItemField(option: Option): Option {
	if ('values' in option) {
		const values = option.values.filter(({ name }) => !ABOUT_ITEMS.includes(name));
		return {
			...option,
			values: values.map((field) =>
				field.name === certificateOfItem.name ? certificateOfCall : field,
			),
		};
	}
	return 'type' in option ? forWebhook(option) : option;
}

/** A field of JWT Verify without what depends on its operation or on its input. */
function forWebhook(field: INodeProperties): INodeProperties {
	const { displayOptions, options } = field;
	const conditions = Object.entries(displayOptions?.show ?? {});
	const kept = conditions.filter(([name]) => name !== 'operation');
	return {
		...field,
		displayOptions: displayOptions && {
			...displayOptions,
			show: kept.length > 0 ? Object.fromEntries(kept) : undefined,
		},
		options: options
			?.filter(({ name }) => !ABOUT_ITEMS.includes(name))
			.map(withoutItemField) as INodeProperties['options'],
	};
}

const all = verifyFields.map(forWebhook);

/** How tokens are verified: the fields of JWT Verify. */
export const verificationFields = all.filter(({ name }) => name !== 'options');

/** Entries of JWT Verify's Options that a webhook has too. */
export const verificationOptions = all
	.filter(({ name }) => name === 'options')
	.flatMap(({ options }) => options ?? []) as INodeProperties[];
