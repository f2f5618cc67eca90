import type { IExecuteFunctions } from 'n8n-workflow';
import { bareToken } from '../../../core/shared/bareToken';

/** The bare token of the field Token, without the scheme in front of it; empty for no text. */
export function readToken(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('jwt', itemIndex, '');
	return typeof value === 'string' ? bareToken(value.replace(/^\s{0,9}DPoP\s{1,9}/i, '')) : '';
}
