import type { IExecuteFunctions } from 'n8n-workflow';
import { nodeForm } from '../../common/nodeForm';

/** What of a response reaches the model of an AI Agent. */
export type Optimization =
	| {
			kind: 'json';
			/** Path of the data; empty for the whole response. */
			dataField: string;
			include: 'all' | 'except' | 'selected';
			/** Paths of the fields that are included or left out. */
			fields: string[];
	  }
	| {
			kind: 'text';
			/** Most characters; undefined for all of them. */
			maxLength: number | undefined;
	  };

/**
 * Reads Optimize Response for one item.
 *
 * @returns undefined where it is off, as it always is outside of tools
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readOptimization(
	context: IExecuteFunctions,
	itemIndex: number,
): Optimization | undefined {
	const form = nodeForm(context, itemIndex);
	if (!form.field('optimizeResponse', 'Optimize Response').boolean(false)) return undefined;
	const kind = form
		.field('responseType', 'Expected Response Type')
		.choice(['json', 'text'], 'json');
	if (kind === 'json') {
		return {
			kind,
			dataField: form.field('dataField', 'Field Containing Data').text(''),
			include: form
				.field('fieldsToInclude', 'Include Fields')
				.choice(['all', 'except', 'selected'], 'all'),
			fields: form.field('fields', 'Fields').list(),
		};
	}
	const truncated = form.field('truncateResponse', 'Truncate Response').boolean(false);
	const maxLength = form
		.field('maxLength', 'Max Response Characters')
		.wholeNumber({ fallback: 1000, least: 1 });
	return { kind, maxLength: truncated ? maxLength : undefined };
}
