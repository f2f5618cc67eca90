import { JwtAuthError } from '../errors';
import type { StoredToken } from '../exchange/storedToken';
import type { Network } from '../request/network';
import type { AuthenticableRequest } from '../request/placement';
import { adviceOf, adviceOn } from '../services/advice';
import { genericData } from '../services/genericData';
import { generatedKeyData } from '../services/keyPair';
import type { Service } from '../services/service';
import type { CredentialData } from '../settings/credentialFields';
import { readStored } from '../settings/readExchange';
import { authenticateWithAccessToken, preAuthenticate, TEST_MARK } from './exchangeApi';
import { makeMissingKey, type MadeKeyFields } from './keyBirth';
import { answerKeyRequest } from './keyRequest';
import { authenticateWithSignedToken } from './signApi';

/**
 * What a service's fields were last made into, by the object that n8n hands to every call for one
 * request: the exchange tells its steps apart by that object.
 */
const made = new WeakMap<CredentialData, CredentialData>();

function genericFor(service: Service, data: CredentialData): CredentialData {
	const generic = genericData(service, data);
	const before = made.get(data);
	if (before) return Object.assign(before, generic);
	made.set(data, generic);
	return generic;
}

const isExchange = (generic: CredentialData): boolean => generic.grant !== undefined;

/** What hints call fields by that a service's form does not have. */
const GENERIC_LABELS = [
	'Advanced Options',
	'Algorithm',
	'Allowed Domains',
	'Backdate',
	'Body Format',
	'Client ID',
	'Expires In',
	'Key Passphrase',
	'Payload',
	'Request Binding',
	'Scope',
	'Secret Encoding',
	'Specific Domains',
	'Token Field',
	'Token URL',
];

/** Whether a hint sends a person to a field that the form does not have. */
function leadsAstray(hint: string, { fields }: Service): boolean {
	return GENERIC_LABELS.filter((label) => hint.toLowerCase().includes(label.toLowerCase())).some(
		(label) => !fields.some((field) => field.label.includes(label)),
	);
}

/** What to do about a key that cannot be used: which field it stands in, and what belongs there. */
function keyAdvice(code: string, hint: string, service: Service): string | undefined {
	const field =
		service.fields.find(({ kind }) => kind === 'key') ??
		service.fields.find(({ kind }) => kind === 'secret');
	if (!field || !code.startsWith('KEY_') || hint.includes(field.label)) return undefined;
	const { label, description } = field;
	const where = `See ${label} in the credential: ${description}${description.endsWith('.') ? '' : '.'}`;
	const passphrase = service.fields.find((one) => one.label === 'Key Passphrase');
	if (code === 'KEY_PASSPHRASE' && passphrase) return `Check ${passphrase.label}.`;
	return leadsAstray(hint, service) ? where : `${hint} ${where}`;
}

/** What to do about a key that n8n makes: its form has no field for one. */
const OF_MADE_KEY = ['KEY_JUST_MADE', 'KEY_MALFORMED', 'KEY_NOT_MADE'];

/** An error in the words of the service's form. */
function inWordsOf(service: Service, error: unknown, isKeyMade: boolean): unknown {
	if (!(error instanceof JwtAuthError) || error.constructor !== JwtAuthError) return error;
	const { code, message, hint } = error;
	if (isKeyMade && OF_MADE_KEY.includes(code)) return error;
	const hintedError = (text: string) => new JwtAuthError(code, message, { hint: text });
	if (code === 'DOMAIN_NOT_ALLOWED') {
		const todo = service.elsewhere ?? 'Check the address.';
		return hintedError(`This credential is for ${service.name} alone. ${todo}`);
	}
	if (code === 'EXCHANGE_REJECTED') return hintedError(adviceOn(message, service, isKeyMade));
	const ofKey = keyAdvice(code, hint, service);
	if (ofKey !== undefined) return hintedError(ofKey);
	return leadsAstray(hint, service) ? hintedError(adviceOf(service, isKeyMade)) : error;
}

/**
 * Authenticates a request to a service, as the generic credential does that its fields are made into.
 *
 * @param data the credential's fields, expressions resolved for the item
 * @param request left as it is
 * @param sleep waits some milliseconds
 * @param timeZone of n8n
 * @returns a copy that carries the token
 * @throws as `authenticateWithSignedToken` or `authenticateWithAccessToken`, and `genericData`
 */
export async function authenticateForService<T extends AuthenticableRequest>(
	service: Service,
	data: CredentialData,
	request: T,
	sleep: Network['sleep'],
	timeZone?: string,
): Promise<T> {
	const generated = generatedKeyData(service, data);
	try {
		const answer = generated && answerKeyRequest(generated, request);
		if (answer) return answer;
		const generic = genericFor(service, data);
		if (isExchange(generic)) {
			return await authenticateWithAccessToken(generic, request, sleep, timeZone);
		}
		// The mark is for an exchange; n8n would hand it on to its HTTP client.
		const unmarked: T & { [TEST_MARK]?: boolean } = { ...request };
		delete unmarked[TEST_MARK];
		return await authenticateWithSignedToken(generic, unmarked, timeZone);
	} catch (error) {
		throw inWordsOf(service, error, generated !== undefined);
	}
}

/**
 * n8n's `preAuthentication` for a service: makes the key pair where n8n is to make one and has not yet,
 * whatever the other fields hold; fetches an access token where the service has one.
 *
 * @param options as `preAuthenticate`
 * @returns the fields n8n is to store, or nothing
 * @throws as `preAuthenticate` and `genericData`
 */
export async function preAuthenticateForService(
	service: Service,
	data: CredentialData,
	network: Network,
	options?: { store: boolean },
): Promise<StoredToken | MadeKeyFields | (StoredToken & MadeKeyFields) | Record<string, never>> {
	const generated = generatedKeyData(service, data);
	try {
		const made = generated && (await makeMissingKey(generated, options?.store ?? true));
		if (made) return service.exchanges ? { ...readStored(data), ...made } : made;
		const generic = genericFor(service, data);
		return isExchange(generic) ? await preAuthenticate(generic, network, options) : {};
	} catch (error) {
		throw inWordsOf(service, error, generated !== undefined);
	}
}
