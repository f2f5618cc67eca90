import { constants, createHmac, sign, type KeyObject } from 'node:crypto';
import { ALGORITHMS } from '../../../core/keys/algorithms';

/** Base64URL of JSON, or of a text that is to stand as it is. */
export const part = (value: unknown): string =>
	Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Signs by RFC 7518 §3 with node:crypto alone; header and payload may be any text. */
export function signByHand(
	header: Record<string, unknown> | string,
	payload: unknown,
	key: KeyObject | string,
	algorithm: string,
): string {
	const input = `${part(header)}.${part(payload)}`;
	const found = ALGORITHMS.find(({ name }) => name === algorithm);
	if (found?.family === 'HMAC') {
		return `${input}.${createHmac(found.hash ?? '', key)
			.update(input)
			.digest('base64url')}`;
	}
	const signature = sign(found?.hash, Buffer.from(input), {
		key: key as KeyObject,
		...(found?.family === 'ECDSA' && { dsaEncoding: 'ieee-p1363' as const }),
		...(found?.family === 'RSASSA-PSS' && {
			padding: constants.RSA_PKCS1_PSS_PADDING,
			saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
		}),
	});
	return `${input}.${signature.toString('base64url')}`;
}
