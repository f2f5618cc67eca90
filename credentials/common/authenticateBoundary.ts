import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';

type Authenticate = (
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/** Error for n8n with the hint and the code in its message: n8n shows little else of it. */
class CredentialError extends Error {
	readonly description: string;

	constructor(error: JwtAuthError) {
		super(`${error.message} ${error.hint} [${error.code}]`);
		this.name = 'CredentialError';
		this.description = error.hint;
	}
}

/**
 * Wraps an `authenticate` function so that what it throws reaches the person: n8n drops `hint`, and
 * shows `code` in place of the message.
 */
export function authenticateBoundary(
	authenticate: (
		credentials: IDataObject,
		requestOptions: IHttpRequestOptions,
	) => IHttpRequestOptions | Promise<IHttpRequestOptions>,
): Authenticate {
	return async (credentials, requestOptions) => {
		try {
			return await authenticate(credentials, requestOptions);
		} catch (error) {
			throw error instanceof JwtAuthError ? new CredentialError(error) : error;
		}
	};
}
