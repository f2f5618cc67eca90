import type { INodeProperties } from 'n8n-workflow';

/**
 * The line under a node's name on the canvas: the chosen operation as its menu calls it, not as it
 * is called inside.
 *
 * @param properties the node's fields, with an `operation` among them
 * @returns an n8n expression
 */
export function operationSubtitle(properties: INodeProperties[]): string {
	const options = properties.find(({ name }) => name === 'operation')?.options ?? [];
	const names = Object.fromEntries(
		options.flatMap((option) => ('value' in option ? [[option.value, option.name]] : [])),
	) as Record<string, string>;
	return `={{ ${JSON.stringify(names)}[$parameter["operation"]] }}`;
}
