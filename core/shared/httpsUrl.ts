import { JwtAuthError } from '../errors';
import { assertNoUser } from './urlUser';
import { webUrl } from './url';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads an address that keys are fetched from. `http:` would let anybody on the way hand out keys of
 * their own, so it is accepted on this machine only.
 *
 * @param text as entered
 * @param field what the person calls it, e.g. `JWKS URL`
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function httpsUrl(text: string, field: string): URL {
	const url = webUrl(text.trim());
	if (!url) {
		throw new JwtAuthError('URL_INVALID', `${field} is not a web address.`, {
			hint: 'Enter the whole address, beginning with https://.',
		});
	}
	assertNoUser(url, field);
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		throw new JwtAuthError(
			'URL_INVALID',
			`${field} begins with http://, so that it can be faked.`,
			{
				hint: 'Use https://. Only addresses of this machine may begin with http://.',
			},
		);
	}
	return url;
}
