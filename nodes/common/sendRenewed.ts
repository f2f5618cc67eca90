import { refusedByApi } from '../../core/authenticateExchange';
import type { CredentialData } from '../../core/credentialSettings';

/**
 * Sends a request, and once more with another access token if the API refuses the first with 401. For
 * credentials without an exchange it is sent once.
 *
 * @param data the credential's fields
 * @param sendOnce sends the request, authenticated with these very fields, and judges no status
 * @param discard gets the refused response, whose body nobody will read
 */
export async function sendRenewed<T extends { statusCode: number }>(
	data: CredentialData,
	sendOnce: (data: CredentialData) => Promise<T>,
	discard: (response: T) => void,
): Promise<T> {
	const response = await sendOnce(data);
	if (response.statusCode !== 401 || !refusedByApi(data)) return response;
	discard(response);
	// A copy: what has happened to a request is kept by its object.
	return await sendOnce({ ...data });
}
