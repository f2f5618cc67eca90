import type { Service, ServiceField, ServiceOf } from './service';

type More<Name extends string> = Partial<
	Omit<ServiceField<Name>, 'choices' | 'description' | 'kind' | 'label' | 'name'>
>;

/** A field of one line that anybody may read. */
export function text<Name extends string>(
	name: Name,
	label: string,
	description: string,
	more: More<string> = {},
): ServiceField<Name> {
	return { kind: 'text', name, label, description, ...more };
}

/**
 * A field of one line that has to be filled in.
 *
 * @param placeholder an example, without "e.g."
 */
export function needed<Name extends string>(
	name: Name,
	label: string,
	description: string,
	placeholder?: string,
): ServiceField<Name> {
	return text(name, label, description, {
		required: true,
		...(placeholder !== undefined && { placeholder }),
	});
}

/** A field whose expression may take it from the item: a test goes without it then. */
export function perItem<Name extends string>(field: ServiceField<Name>): ServiceField<Name> {
	return { ...field, perItem: true };
}

/** A masked field of one line. */
export function secret<Name extends string>(
	name: Name,
	label: string,
	description: string,
	more: More<string> = { required: true },
): ServiceField<Name> {
	return { kind: 'secret', name, label, description, ...more };
}

/** A masked field of several lines, for a key or a file with one. */
export function key<Name extends string>(
	name: Name,
	label: string,
	description: string,
	placeholder = '-----BEGIN PRIVATE KEY-----',
): ServiceField<Name> {
	return { kind: 'key', name, label, description, placeholder, required: true };
}

/**
 * One of several choices; the first is taken unless the person chooses.
 *
 * @param choices values to what the list shows
 */
export function choice<Name extends string>(
	name: Name,
	label: string,
	description: string,
	choices: Readonly<Record<string, string>>,
): ServiceField<Name> {
	const listed = Object.entries(choices).map(([value, shown]) => ({ name: shown, value }));
	return { kind: 'choice', name, label, description, choices: listed, default: listed[0]?.value };
}

/** A switch that is off unless the person turns it on. */
export function toggle<Name extends string>(
	name: Name,
	label: string,
	description: string,
): ServiceField<Name> {
	return { kind: 'switch', name, label, description };
}

/** Shows fields only while a choice has this value. */
export function only<Name extends string>(
	field: string,
	value: string,
	fields: ReadonlyArray<ServiceField<Name>>,
): Array<ServiceField<Name>> {
	return fields.map((shown) => ({ ...shown, showFor: { field, values: [value] } }));
}

/** The address that a person typed into a field, for n8n to compute in a test. */
export function addressIn(field: string): string {
	return `={{ ($credentials.${field}.includes("://") ? "" : "https://") + $credentials.${field}.trim() }}`;
}

/**
 * A text for each value of a choice, for n8n to compute in a test.
 *
 * @param field of the choice
 * @param texts by its values
 */
export function byChoice(field: string, texts: Readonly<Record<string, string>>): string {
	return `={{ (${JSON.stringify(texts)})[$credentials.${field}] }}`;
}

/** A row of the table of services, its fields checked against what it makes of them. */
export function defineService<Name extends string>(service: ServiceOf<Name>): Service {
	return service;
}
