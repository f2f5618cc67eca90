import { Cancelled } from '../shared/cancelled';
import { JwtAuthError } from '../errors';
import { networkError } from './exchangeErrors';
import type { TokenResponse } from './parseAnswer';
import { fetchSmall, type Network, type SmallAnswer } from '../request/network';
import { hostOf } from '../shared/url';
import type { TokenRequest } from './tokenRequest';

/** Seconds a token endpoint is given for a whole answer. */
const EXCHANGE_TIMEOUT = 15;

/** Bytes of an answer, unpacked. */
const LARGEST_ANSWER = 1_048_576;

/**
 * Sends a request; why that did not succeed is returned as well.
 *
 * @throws {@link Cancelled} where the execution was
 */
export async function attempt(
	network: Network,
	request: TokenRequest,
): Promise<TokenResponse | JwtAuthError> {
	const limits = { seconds: EXCHANGE_TIMEOUT, bytes: LARGEST_ANSWER };
	let answer: SmallAnswer;
	try {
		answer = await fetchSmall(network, request, limits);
	} catch (error) {
		if (error instanceof Cancelled) throw error;
		return networkError(error, hostOf(request.url), EXCHANGE_TIMEOUT);
	}
	const { status, headers, body } = answer;
	if (body) return { status, headers, body: body.toString('utf8') };
	return new JwtAuthError(
		'EXCHANGE_BAD_RESPONSE',
		"The token endpoint's answer is larger than 1 MB.",
	);
}
