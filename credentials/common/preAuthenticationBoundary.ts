import {
	getGlobalState,
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestHelper,
} from 'n8n-workflow';
import type { Network, NetworkRequest } from '../../core/request/network';
import { toCredentialError } from './authenticateBoundary';

/**
 * Wraps a `preAuthentication` function so that it gets n8n's network, and what it throws reaches the
 * person; see {@link toCredentialError}.
 *
 * @param preAuthenticate gives the fields to store; `store` is false where n8n would write all of them
 */
export function preAuthenticationBoundary(
	preAuthenticate: (
		credentials: ICredentialDataDecryptedObject,
		network: Network,
		options: { store: boolean; timeZone: string },
	) => Promise<object>,
) {
	return async function (
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const { httpRequest } = this.helpers;
		try {
			const network = {
				httpRequest: async (options: NetworkRequest) => await httpRequest(options),
				sleep,
			};
			// n8n 1.x hands over all helpers, and writes every field of the credential.
			const store = !('httpRequestWithAuthentication' in this.helpers);
			const { defaultTimezone: timeZone } = getGlobalState();
			return { ...(await preAuthenticate(credentials, network, { store, timeZone })) };
		} catch (error) {
			throw toCredentialError(error, credentials);
		}
	};
}
