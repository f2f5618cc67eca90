import {
	getGlobalState,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { TokenNeeded } from '../../core/authenticate/exchangeApi';
import { KeyNeeded } from '../../core/authenticate/keyBirth';
import { noteRefusal } from '../../core/authenticate/refusals';
import { JwtAuthError } from '../../core/errors';
import { withFieldPlaces } from '../../core/settings/fieldPlaces';

type Authenticate = (
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * Error for n8n with the hint and the code in its message, which is all that a connection test and an
 * item under On Error: Continue show. It has no `description`: a node's panel shows that as well, and
 * said the hint twice.
 */
class CredentialError extends Error {
	/** Asks n8n for `preAuthentication`: its helpers look for the status. */
	declare readonly response?: TokenNeeded['response'];

	constructor(error: JwtAuthError) {
		super(`${error.message} ${error.hint} [${error.code}]`);
		this.name = 'CredentialError';
		if (error instanceof TokenNeeded || error instanceof KeyNeeded) this.response = error.response;
	}
}

/**
 * An error as it may leave a credential: n8n drops `hint`, and shows `code` in place of the message.
 *
 * @param credentials the fields it is about; the error is noted for them
 */
export function toCredentialError(
	error: unknown,
	credentials: ICredentialDataDecryptedObject,
): unknown {
	const told = withFieldPlaces(error, credentials);
	if (!(told instanceof JwtAuthError)) return told;
	noteRefusal(credentials, told);
	return new CredentialError(told);
}

/**
 * Wraps an `authenticate` function so that what it throws reaches the person; see
 * {@link toCredentialError}. It gets n8n's own time zone, since a credential knows no workflow.
 */
export function authenticateBoundary(
	authenticate: (
		credentials: IDataObject,
		requestOptions: IHttpRequestOptions,
		timeZone: string,
	) => IHttpRequestOptions | Promise<IHttpRequestOptions>,
): Authenticate {
	return async (credentials, requestOptions) => {
		try {
			const { defaultTimezone } = getGlobalState();
			const authenticated = await authenticate(credentials, requestOptions, defaultTimezone);
			noteRefusal(credentials, undefined);
			return authenticated;
		} catch (error) {
			throw toCredentialError(error, credentials);
		}
	};
}
