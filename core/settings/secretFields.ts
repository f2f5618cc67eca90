import { secretsBesidePlaceholder } from '../exchange/assertionPlaceholder';
import { hasMembers, tryJson } from '../shared/json';
import {
	distinctSecrets,
	leavesOf,
	keyValues,
	memberValues,
	namedSecrets,
	privateMembers,
	querySecrets,
} from '../shared/secretMembers';
import { KEY_NUMBERS, keptKeyField } from './keptKeyFields';

/** Fields whose text, as a whole, must not be shown. */
const SECRET_FIELDS = [
	'accessToken',
	'clientSecret',
	...KEY_NUMBERS.map(keptKeyField),
	'keyPassphrase',
	'tlsCertificate',
	'tlsPassphrase',
	'token',
	'x509',
];

/** Fields with a key: text, or JSON with public members beside the secret ones. */
const KEY_FIELDS = ['privateKey', 'secret', 'tlsPrivateKey'];

/** Fields that are JSON objects with secret values. */
const SECRET_MEMBERS = ['additionalHeaders', 'bodyParameters', 'exchangeHeaders', 'metadata'];

/** Fields that are JSON objects in which only a name says that a value is secret. */
const OPEN_MEMBERS = ['headerParameters', 'payload'];

/** Private members of the key that n8n stores beside a bound access token. */
function proofKeySecrets(tokenState: unknown): string[] {
	const state = typeof tokenState === 'string' ? tryJson(tokenState) : undefined;
	return hasMembers(state) ? privateMembers(state.proofKey) : [];
}

/**
 * Lists what must not be shown of a credential, to be taken out of texts of foreign origin with
 * `redact`: an API may quote in its error what it was sent.
 *
 * These are keys, secrets, passphrases and tokens; the values of headers, body parameters and
 * metadata at every depth, numbers too, but for parameters such as `audience` whose meaning is public
 * and for values of under 6 characters with a name that does not sound secret; values of payload and
 * header parameters, and of the addresses' queries, with a name that does.
 *
 * @param data the credential's fields, expressions resolved
 * @returns non-empty texts, each once
 */
export function secretValues(data: Record<string, unknown>): string[] {
	const secrets = secretsBesidePlaceholder([
		...SECRET_FIELDS.flatMap((name) => leavesOf(data[name]).map(({ value }) => value)),
		...KEY_FIELDS.flatMap((name) => keyValues(data[name])),
		...proofKeySecrets(data.tokenState),
		...SECRET_MEMBERS.flatMap((name) => memberValues(data[name])),
		...OPEN_MEMBERS.flatMap((name) => namedSecrets(data[name])),
		...querySecrets(data.tokenUrl),
		...querySecrets(data.testUrl),
	]);
	return distinctSecrets(secrets);
}
