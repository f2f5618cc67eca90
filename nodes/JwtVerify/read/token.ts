import type { IExecuteFunctions } from 'n8n-workflow';

/** Text of the Token field, without the `Bearer` of a header (RFC 6750 §2.1); empty for no text. */
export function readToken(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('jwt', itemIndex, '');
	return typeof value === 'string' ? value.replace(/^Bearer +/i, '') : '';
}
