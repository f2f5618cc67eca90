import type { IExecuteFunctions } from 'n8n-workflow';

/** Reads a field of the node's form, or a path into one, for one item; null where it is not shown. */
export type FieldReader = (name: string) => unknown;

/** A {@link FieldReader} for one item. */
export function fieldReader(context: IExecuteFunctions, itemIndex: number): FieldReader {
	return (name) => context.getNodeParameter(name, itemIndex, null) as unknown;
}
