import type { Deadline } from '../../../core/request/deadline';
import { JwtAuthError } from '../../../core/errors';
import { tokenParameter } from '../../../core/request/placement';
import { isRedirect, nextHop, type Hop } from '../../../core/http/redirects';
import type { FollowedResponse, Sender } from './sendTypes';
import { sendAuthenticated, sendPlain } from './sendAuthenticated';

/**
 * Sends a request and follows redirects by the rules of {@link nextHop}; every hop that may carry a
 * token gets one of its own.
 *
 * @param deadline for the whole chain, body of the last answer included
 * @throws {@link JwtAuthError} `REDIRECT_LIMIT` and the codes of {@link nextHop}
 * @throws `NodeApiError` when no answer came
 */
export async function sendFollowing(
	sender: Sender,
	first: Hop,
	deadline: Deadline,
): Promise<FollowedResponse> {
	const { maxRedirects } = sender.options;
	const { domains, placement } = sender.credential.sending;
	const policy = { domains, tokenParameter: tokenParameter(placement) };
	let hop = first;
	for (let followed = 0; ; followed++) {
		const send = hop.authenticated ? sendAuthenticated : sendPlain;
		const response = await send(sender, hop, deadline);
		const { statusCode, headers } = response;
		const redirect = { statusCode, location: headers.location };
		if (maxRedirects === 0 || !isRedirect(redirect)) return { ...response, hop };
		response.close();
		if (followed >= maxRedirects) {
			throw new JwtAuthError(
				'REDIRECT_LIMIT',
				`The API redirected more than ${maxRedirects} times.`,
			);
		}
		hop = nextHop(hop, redirect, policy);
	}
}
