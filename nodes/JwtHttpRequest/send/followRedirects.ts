import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { isRedirect, nextHop, type Hop, type RedirectPolicy } from '../../../core/redirects';
import type { ItemCredential } from '../read/credential';
import type { SendOptions } from '../read/options';
import type { SentResponse } from './sentResponse';
import { sendAuthenticated, sendPlain } from './transport';

/** The answer at the end of a chain of redirects. */
export interface FollowedResponse extends SentResponse {
	/** The request it answers. */
	hop: Hop;
}

function policyOf({ sending }: ItemCredential): RedirectPolicy {
	const { target, queryParameter } = sending.placement;
	return {
		domains: sending.domains,
		tokenParameter: target === 'query' ? queryParameter : undefined,
	};
}

/**
 * Sends a request and follows redirects by the rules of {@link nextHop}; every hop that may carry a
 * token gets one of its own.
 *
 * @throws {@link JwtAuthError} `REDIRECT_LIMIT` and the codes of {@link nextHop}
 * @throws `NodeApiError` when no answer came
 */
export async function sendFollowing(
	context: IExecuteFunctions,
	credential: ItemCredential,
	first: Hop,
	options: SendOptions,
): Promise<FollowedResponse> {
	let hop = first;
	for (let followed = 0; ; followed++) {
		const response = hop.authenticated
			? await sendAuthenticated(context, credential, hop, options)
			: await sendPlain(context, hop, options);
		const { statusCode, headers } = response;
		const redirect = { statusCode, location: headers.location };
		if (options.maxRedirects === 0 || !isRedirect(redirect)) return { ...response, hop };
		response.body.destroy();
		if (followed >= options.maxRedirects) {
			throw new JwtAuthError(
				'REDIRECT_LIMIT',
				`The API redirected more than ${options.maxRedirects} times.`,
			);
		}
		hop = nextHop(hop, redirect, policyOf(credential));
	}
}
