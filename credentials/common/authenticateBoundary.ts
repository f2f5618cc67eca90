import {
	getGlobalState,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { TokenNeeded } from '../../core/authenticate/exchangeApi';
import { KeyNeeded } from '../../core/authenticate/keyBirth';
import { JwtAuthError } from '../../core/errors';

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

/** An error as it may leave a credential: n8n drops `hint`, and shows `code` in place of the message. */
export function toCredentialError(error: unknown): unknown {
	return error instanceof JwtAuthError ? new CredentialError(error) : error;
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
			return await authenticate(credentials, requestOptions, getGlobalState().defaultTimezone);
		} catch (error) {
			throw toCredentialError(error);
		}
	};
}
