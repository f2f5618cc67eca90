import type { INodeProperties } from 'n8n-workflow';
import type { Service, ServiceField } from '../../core/services/service';
import { storedTokenFields } from './exchangeFields';

function typeOptionsOf({ kind, perItem }: ServiceField): INodeProperties['typeOptions'] {
	if (kind === 'key') return { password: true, rows: 5 };
	if (kind === 'secret') return { password: true };
	// A test has no item, so n8n leaves the field out there.
	return perItem ? { ignoreCredentialExpressionResolveError: true } : undefined;
}

function toProperty(field: ServiceField): INodeProperties {
	const { kind, name, label, description, placeholder, required, choices, showFor } = field;
	const typeOptions = typeOptionsOf(field);
	return {
		displayName: label,
		name,
		type: kind === 'choice' ? 'options' : 'string',
		default: field.default ?? '',
		...(required && { required }),
		...(typeOptions && { typeOptions }),
		...(choices && { options: choices.map((one) => ({ ...one })) }),
		...(placeholder !== undefined && { placeholder: `e.g. ${placeholder}` }),
		description,
		...(showFor && { displayOptions: { show: { [showFor.field]: [...showFor.values] } } }),
	};
}

/** What n8n itself enforces, on every redirect of its HTTP Request node as well. */
function hostFields(hosts: string): INodeProperties[] {
	const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
		displayName,
		name,
		type: 'hidden',
		default: value,
	});
	return [
		hidden('Allowed HTTP Request Domains', 'allowedHttpRequestDomains', 'domains'),
		hidden('Allowed Domains', 'allowedDomains', hosts),
	];
}

/** The form of a service's credential type. */
export function serviceFields({ fields, exchanges, hosts }: Service): INodeProperties[] {
	return [
		...(exchanges ? storedTokenFields : []),
		...fields.map(toProperty),
		...(hosts === undefined ? [] : hostFields(hosts)),
	];
}
