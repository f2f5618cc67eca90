import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

type Parameters = Record<string, unknown>;

/** One field of a node, wherever it stands, and parameters that show it. */
export interface FieldOfNode {
	/** Internal names from the outside in, indexes of rows included. */
	path: ReadonlyArray<string | number>;
	property: INodeProperties;
	/** Parameters as n8n hands them to the node, with a good value in this field. */
	parameters: Parameters;
}

/** A good value of a field, given by its internal name, where its description has none. */
export type Samples = Readonly<Record<string, unknown>>;

function sampleOf(
	{ name, type, default: given, placeholder, options, typeOptions }: INodeProperties,
	samples: Samples,
) {
	if (Object.hasOwn(samples, name)) return samples[name];
	const example = placeholder?.replace(/^e\.g\. /, '') ?? 'x';
	if (typeOptions?.multipleValues === true && type === 'string') return [example];
	if (type === 'dateTime') return new Date().toISOString();
	if (type === 'options' && given === undefined) return (options?.[0] as { value: unknown }).value;
	if (type === 'json' || (type === 'string' && given === '')) {
		return example;
	}
	return given;
}

/** Good values for a group of fields; n8n takes those out that are not shown. */
function samplesOf(properties: readonly INodeProperties[], samples: Samples): Parameters {
	return Object.fromEntries(properties.map((field) => [field.name, sampleOf(field, samples)]));
}

/** Sets what has to be chosen for a field to be shown. */
function show(
	property: INodeProperties,
	siblings: readonly INodeProperties[],
	values: Parameters,
	root: Parameters,
): void {
	const conditions = Object.entries(property.displayOptions?.show ?? {}).filter(
		([name]) => !name.startsWith('@'),
	);
	const controlling: INodeProperties[] = [];
	for (const [name, choices] of conditions) {
		const target = name.startsWith('/') ? root : values;
		const plain = name.replace('/', '');
		// What an inner condition has already chosen stays.
		if (Object.hasOwn(target, plain)) continue;
		target[plain] = (choices as unknown[])[0];
		const sibling = siblings.find((other) => other.name === plain);
		if (sibling && target === values) controlling.push(sibling);
	}
	for (const sibling of controlling) show(sibling, siblings, values, root);
}

interface Place {
	path: ReadonlyArray<string | number>;
	/** Puts the group of fields that is being looked at into the node's parameters. */
	put: (values: Parameters) => Parameters;
}

function* walk(
	properties: readonly INodeProperties[],
	{ path, put }: Place,
	samples: Samples,
): Generator<{
	path: ReadonlyArray<string | number>;
	property: INodeProperties;
	values: Parameters;
}> {
	for (const property of properties) {
		const { name, type, options = [], typeOptions } = property;
		const own: Parameters = { [name]: sampleOf(property, samples) };
		const root = put(own);
		show(property, properties, own, root);
		yield {
			path: [...path, name],
			property,
			values: { ...root, ...(path.length > 0 && put(own)) },
		};
		const inside = (value: unknown): Parameters => {
			const outer = put({ ...own, [name]: value });
			return { ...root, ...outer };
		};
		if (type === 'collection') {
			const place = { path: [...path, name], put: inside };
			yield* walk(options as INodeProperties[], place, samples);
		}
		if (type !== 'fixedCollection') continue;
		for (const group of options) {
			if (!('values' in group)) continue;
			const row = samplesOf(group.values, samples);
			const several = typeOptions?.multipleValues === true;
			const place: Place = {
				path: [...path, name, group.name, ...(several ? [0] : [])],
				put: (values) => {
					const filled = { ...row, ...values };
					return inside({ [group.name]: several ? [filled] : filled });
				},
			};
			yield* walk(group.values, place, samples);
		}
	}
}

/** What stands at a path; throws where there is nothing. */
function assertThere(parameters: unknown, path: ReadonlyArray<string | number>): void {
	let inner = parameters;
	for (const member of path) {
		if (!Object.hasOwn(Object(inner) as object, member)) {
			throw new Error(`No parameters could be made that show ${path.join('.')}`);
		}
		inner = (inner as Record<string | number, unknown>)[member];
	}
}

/**
 * All fields of a node by its own description, so that a new one is there by itself.
 *
 * @param samples good values by internal name; wanted only where a field's description has none
 */
export function fieldsOfNode(description: INodeTypeDescription, samples: Samples): FieldOfNode[] {
	const base = samplesOf(description.properties, samples);
	const isInert = ({ type }: INodeProperties) => type === 'notice' || type === 'curlImport';
	const start: Place = { path: [], put: (values) => values };
	return [...walk(description.properties, start, samples)]
		.filter(({ property }) => !isInert(property))
		.map(({ path, property, values }) => {
			const tool = Object.keys(property.displayOptions?.show ?? {}).includes('@tool');
			const name = tool ? `${description.name}Tool` : description.name;
			const parameters = NodeHelpers.getNodeParameters(
				description.properties,
				{ ...base, ...values } as INodeParameters,
				true,
				false,
				{ typeVersion: 1 },
				{ ...description, name },
			) as Parameters;
			assertThere(parameters, path);
			return { path, property, parameters };
		});
}

/** A copy of parameters with another value at a path. */
export function withValue(
	parameters: unknown,
	[member, ...rest]: ReadonlyArray<string | number>,
	value: unknown,
): unknown {
	if (member === undefined) return value;
	const copy = (
		Array.isArray(parameters) ? [...(parameters as unknown[])] : { ...Object(parameters) }
	) as Record<string | number, unknown>;
	copy[member] = withValue(copy[member], rest, value);
	return copy;
}
