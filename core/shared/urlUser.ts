import { JwtAuthError } from '../errors';

/**
 * Refuses an address with a user name or password in it: n8n's HTTP client sends them as a Basic
 * header, in place of the token and without a word.
 *
 * @param field what the person calls the address
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function assertNoUser({ username, password }: URL, field: string): void {
	if (username === '' && password === '') return;
	throw new JwtAuthError('URL_INVALID', `${field} has a user name or password in it.`, {
		hint: 'Take out what stands between // and @: it would be sent as a Basic header in place of the token.',
	});
}
