import type { IExecuteFunctions } from 'n8n-workflow';
import { isSameForEveryItem, type CredentialData } from '../../core/credentialSettings';

/**
 * Makes a function that reads a credential for an item, and asks n8n only once where the credential
 * holds no expression: n8n queries its database, decrypts and evaluates at every reading.
 *
 * @param context of the run; the function must not outlive it
 * @returns what `getCredentials` gives for the item, an object of the caller's own; throws as it does
 */
export function credentialReader(
	context: IExecuteFunctions,
	type: string,
): (itemIndex: number) => Promise<CredentialData> {
	let first: Promise<CredentialData | undefined> | undefined;

	return async (itemIndex) => {
		if (!first) {
			const reading: Promise<CredentialData> = context.getCredentials(type, itemIndex);
			// An expression that fails for this item says nothing about the others.
			first = reading.then(
				(data) => (isSameForEveryItem(data) ? data : undefined),
				() => undefined,
			);
			return { ...(await reading) };
		}
		const shared = await first;
		return shared ? { ...shared } : await context.getCredentials(type, itemIndex);
	};
}
