import type { CredentialData } from '../../core/settings/credentialFields';
import { isSameForEveryItem } from '../../core/settings/readCredential';
import { credentialWithKey } from './credentialWithKey';
import type { FormContext } from './formContext';

/** What each run has read, by credential type: undefined where items may differ. */
const readings = new WeakMap<FormContext, Map<string, Promise<CredentialData | undefined>>>();

/**
 * Reads a credential for an item, and asks n8n only once per run where the credential holds no
 * expression: n8n queries its database, decrypts and evaluates at every reading.
 *
 * @returns what `credentialWithKey` gives for the item; not to be changed, for others may read it too;
 *   throws as `credentialWithKey` does
 */
export async function readCredentialOnce(
	context: FormContext,
	type: string,
	itemIndex: number,
): Promise<Readonly<CredentialData>> {
	const ofRun = readings.get(context) ?? new Map<string, Promise<CredentialData | undefined>>();
	readings.set(context, ofRun);
	const first = ofRun.get(type);
	if (first) {
		return (await first) ?? (await credentialWithKey(context, type, itemIndex));
	}
	const reading = credentialWithKey(context, type, itemIndex);
	ofRun.set(
		type,
		reading.then(
			(data) => (isSameForEveryItem(data) ? data : undefined),
			// An expression that fails for this item says nothing about the others.
			() => undefined,
		),
	);
	return await reading;
}
