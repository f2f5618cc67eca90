import type { ExchangeSettings } from './exchangeSettings';
import type { AccessToken } from './storedToken';

import { JwtAuthError } from '../errors';
import { attempt } from './attempt';
import { sendWithNonce, withApiProof } from './provenRequest';
import type { Network } from '../request/network';
import { isRelativeUrl, withAccessToken } from './apiRequest';
import { exchangeSecrets } from './exchangeSecrets';
import { redirectTarget } from './parseAnswer';

import { freezeRequest } from '../request/outgoingRequest';
import { redact } from '../shared/redact';
import type { TokenRequest } from './tokenRequest';

import { webUrl, hostOf, assertNoUser } from '../shared/url';

/** Longest quotation of what the API says. */
const LONGEST_REASON = 300;

/** Why there is no answer, by the code of the failure. */
const FAILURES: Readonly<Record<string, string>> = {
	EXCHANGE_BAD_RESPONSE: 'answers with more than 1 MB',
	EXCHANGE_TIMEOUT: 'did not answer in time',
};

function testUrlError(url: string, what: string, hint?: string): JwtAuthError {
	return new JwtAuthError('TEST_URL_FAILED', `The Test URL at ${hostOf(url)} ${what}.`, { hint });
}

function testRequest(token: AccessToken, settings: ExchangeSettings): TokenRequest {
	const { testUrl } = settings;
	// A relative one is completed by Base URL Field.
	if (!isRelativeUrl(testUrl)) {
		const url = webUrl(testUrl);
		if (!url) {
			throw new JwtAuthError('URL_INVALID', 'The Test URL is not a whole http(s) address.');
		}
		assertNoUser(url, 'The Test URL');
	}
	const request: TokenRequest = { method: 'GET', url: testUrl, headers: { accept: '*/*' } };
	const { url: complete, request: frozen } = freezeRequest(
		withAccessToken(request, token, settings),
		{ body: false },
	);
	const { headers, agentOptions } = frozen;
	return { ...request, url: complete.href, headers, ...(agentOptions && { agentOptions }) };
}

/**
 * Reads the Test URL with an access token, for Test Connection. No redirect is followed: headers and
 * token of the credential go to the address that was entered and nowhere else.
 *
 * @throws {@link JwtAuthError} `TEST_URL_FAILED` for anything but a status of 200 to 299,
 *   `URL_INVALID`, `DOMAIN_NOT_ALLOWED`, and the codes of placement
 */
export async function readTestUrl(
	token: AccessToken,
	settings: ExchangeSettings,
	network: Network,
): Promise<void> {
	const request = testRequest(token, settings);
	const { url } = request;
	const { outcome: answer } = await sendWithNonce(async () => {
		const { request: proven } = await withApiProof(request, token, new Date());
		return { request: proven, outcome: await attempt(network, proven) };
	});
	if (answer instanceof JwtAuthError) {
		throw testUrlError(url, FAILURES[answer.code] ?? 'cannot be reached', 'Check the Test URL.');
	}
	const { status, body } = answer;
	if (status >= 200 && status < 300) return;
	const secrets = [token.token, ...exchangeSecrets(settings)];
	if (status >= 300 && status < 400) {
		const target = redirectTarget(answer, url);
		const to = target ? redact(target.origin, secrets) : 'another address';
		throw testUrlError(
			url,
			`redirects to ${to} (${status}), which got nothing`,
			'Enter the final address as Test URL, if you trust it with the token.',
		);
	}
	const line = redact(body, secrets).replace(/\s+/g, ' ').trim();
	const reason = line === '' ? '' : ` with "${line.slice(0, LONGEST_REASON)}"`;
	throw testUrlError(url, `answered ${status}${reason}`);
}
