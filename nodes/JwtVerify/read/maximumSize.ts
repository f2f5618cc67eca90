import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../../core/settings/fieldValue';

/** Option for the longest token read. */
export const maximumSizeField: INodeProperties = {
	displayName: 'Maximum Size (kB)',
	name: 'maximumSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1024 },
	default: 64,
	description: 'Longest token that is read. Longer ones are refused unread.',
};

/**
 * The option of {@link maximumSizeField} in characters; its default where it was not added.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readMaximumLength(options: Form): number {
	const size = options.field('maximumSize', 'Maximum Size (kB)');
	return size.number({ fallback: 64, least: 1, most: 1024 }) * 1024;
}
