import type { IExecuteFunctions } from 'n8n-workflow';
import { bareToken } from '../../../core/shared/bareToken';
import { readField } from '../../common/nodeField';

/** The bare token of the field Token, without the scheme in front of it; empty for no text. */
export function readToken(context: IExecuteFunctions, itemIndex: number): string {
	const value = readField(context, itemIndex, 'jwt');
	return typeof value === 'string' ? bareToken(value.replace(/^\s{0,9}DPoP\s{1,9}/i, '')) : '';
}
