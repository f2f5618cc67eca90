import { sleep, type ICredentialsDecrypted, type IExecuteFunctions } from 'n8n-workflow';
import {
	isKeyMissing,
	isNewestKeyMissing,
	keySettlingTime,
} from '../../core/authenticate/keyBirth';
import { keyRequest } from '../../core/authenticate/keyRequest';
import { keyData } from '../../core/authenticate/serviceKey';
import type { CredentialData } from '../../core/settings/credentialFields';
import type { FormContext } from './formContext';

/** Has n8n make and store the key of a credential, by a request that goes nowhere. */
async function makeKey(context: FormContext, type: string, data: CredentialData): Promise<void> {
	// A copy, since n8n writes into it: only what is read again may sign.
	const credentialsDecrypted = { id: '', name: type, type, data: { ...data } };
	await context.helpers.httpRequestWithAuthentication?.call(
		context as unknown as IExecuteFunctions,
		type,
		keyRequest(),
		{ credentialsDecrypted: credentialsDecrypted as ICredentialsDecrypted },
	);
}

/**
 * Reads a credential for an item. Where n8n is to make its key and has not yet, it is made now, and read
 * again once no other process can be about to store another one.
 *
 * @param options `newest`: whether the newest key is meant as well, where there is more than one
 * @returns what `getCredentials` gives for the item; without a key where nothing here can make one
 * @throws as `getCredentials` and `keyData`, and n8n's error where the key cannot be made
 */
export async function credentialWithKey(
	context: FormContext,
	type: string,
	itemIndex: number,
	{ newest = false } = {},
): Promise<CredentialData> {
	let data: CredentialData = await context.getCredentials(type, itemIndex);
	const stored = keyData(type, data);
	if (isKeyMissing(stored) || (newest && isNewestKeyMissing(stored))) {
		await makeKey(context, type, data);
		data = await context.getCredentials(type, itemIndex);
	}
	let wait = keySettlingTime(keyData(type, data), Date.now(), { newest });
	while (wait > 0) {
		await sleep(wait);
		data = await context.getCredentials(type, itemIndex);
		wait = keySettlingTime(keyData(type, data), Date.now(), { newest });
	}
	return data;
}
