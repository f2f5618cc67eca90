import type { Form } from '../../../core/settings/fieldValue';

/**
 * Maximum Size in characters; its default where it was not added.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readMaximumLength(options: Form): number {
	const size = options.field('maximumSize', 'Maximum Size (kB)');
	return size.number({ fallback: 64, least: 1, most: 1024 }) * 1024;
}
