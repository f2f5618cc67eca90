import type { INodeProperties } from 'n8n-workflow';
import { KEY_SOURCE_FIELD } from '../../core/services/keyPair';
import type { Service, ServiceField } from '../../core/services/service';
import { storedTokenFields } from './exchangeFields';
import { expirable, generatedKeyNotices, keptKeyFields } from './keySourceFields';

function typeOptionsOf({ kind, perItem }: ServiceField): INodeProperties['typeOptions'] {
	if (kind === 'key') return { password: true, rows: 5 };
	if (kind === 'secret') return { password: true };
	// A test has no item, so n8n leaves the field out there.
	return perItem ? { ignoreCredentialExpressionResolveError: true } : undefined;
}

const TYPES = { choice: 'options', switch: 'boolean' } as const;

function typeOf({ kind }: ServiceField): INodeProperties['type'] {
	return kind === 'choice' || kind === 'switch' ? TYPES[kind] : 'string';
}

function toProperty(field: ServiceField): INodeProperties {
	const { kind, name, label, description, placeholder, required, choices, showFor } = field;
	const typeOptions = typeOptionsOf(field);
	return {
		displayName: label,
		name,
		type: typeOf(field),
		default: kind === 'switch' ? false : (field.default ?? ''),
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

/** A field of the form, and behind Key Source what there is to know of a key that n8n makes. */
function withNotices(field: ServiceField): INodeProperties[] {
	return [toProperty(field), ...(field.name === KEY_SOURCE_FIELD ? generatedKeyNotices({}) : [])];
}

/** The hidden fields in which n8n keeps what it makes and fetches. */
function storedFields({ exchanges, keyPair }: Service): INodeProperties[] {
	if (!keyPair) return exchanges ? storedTokenFields : [];
	return exchanges ? [...storedTokenFields, ...keptKeyFields] : expirable(keptKeyFields);
}

/** The form of a service's credential type. */
export function serviceFields(service: Service): INodeProperties[] {
	const { fields, hosts } = service;
	return [
		...storedFields(service),
		...fields.flatMap(withNotices),
		...(hosts === undefined ? [] : hostFields(hosts)),
	];
}
