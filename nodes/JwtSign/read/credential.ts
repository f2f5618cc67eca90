import { getGlobalState, type IExecuteFunctions } from 'n8n-workflow';
import { KEY_TYPES, keyData } from '../../../core/authenticate/serviceKey';
import type { ExchangeSettings } from '../../../core/exchange/exchangeSettings';
import type { KeyBeside } from '../../../core/keys/publicJwks';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { withFieldPlaces } from '../../../core/settings/fieldPlaces';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { readExchangeSettings } from '../../../core/settings/readExchange';
import { keysBesideTurn, withKeyInTurn, withNewestKey } from '../../../core/settings/readKeyTurn';
import type { SigningSettings } from '../../../core/sign/signingSettings';
import { credentialWithKey } from '../../common/credentialWithKey';
import { nodeForm } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';

/** The fields with the key that signs now. */
function inTurn(data: CredentialData): CredentialData {
	return withKeyInTurn(data, new Date(), getGlobalState().defaultTimezone);
}

/** What was read of credentials, by their fields, which items may share. */
const lastingSettings = new WeakMap<CredentialData, SigningSettings>();

/** Reads a credential that signs, once for all items that share its fields. */
function settingsInTurn(data: CredentialData): SigningSettings {
	const known = lastingSettings.get(data);
	if (known) return known;
	const fields = inTurn(data);
	const settings = readSigningSettings(fields);
	// Which of several keys signs changes with time.
	if (fields === data) lastingSettings.set(data, settings);
	return settings;
}

/** Does something with a credential; an error then says where in its form a field stands. */
async function useCredential<S, R>(
	data: CredentialData,
	read: (data: CredentialData) => S,
	use: (settings: S) => R | Promise<R>,
): Promise<R> {
	try {
		return await use(read(data));
	} catch (error) {
		throw withFieldPlaces(error, data);
	}
}

/**
 * Does something with the credential JWT Sign of one item.
 *
 * @throws {@link JwtAuthError} the codes of the credential's fields, and of what is done
 */
export async function useSigningCredential<R>(
	context: IExecuteFunctions,
	itemIndex: number,
	use: (settings: SigningSettings) => R | Promise<R>,
): Promise<R> {
	const data = await readCredentialOnce(context, 'jwtSignApi', itemIndex);
	return await useCredential(data, settingsInTurn, use);
}

/**
 * Does something with the credential JWT Exchange of one item.
 *
 * @throws {@link JwtAuthError} the codes of the credential's fields, and of what is done
 */
export async function useExchangeCredential<R>(
	context: IExecuteFunctions,
	itemIndex: number,
	use: (settings: ExchangeSettings) => R | Promise<R>,
): Promise<R> {
	const data = await credentialWithKey(context, 'jwtExchangeApi', itemIndex);
	return await useCredential(data, (fields) => readExchangeSettings(inTurn(fields)), use);
}

/** The keys of a credential whose public halves are asked for. */
export interface CredentialKeys {
	/** The credential with the key that signs now. */
	inUse: () => SigningSettings;
	/** The credential with its newest key, which may be the same. */
	newest: () => SigningSettings;
	/** The other keys of the credential that are to be published. */
	beside: () => KeyBeside[];
}

/**
 * Does something with the keys of the credential whose public key is asked for, of one item. What n8n is
 * to make of them and has not yet is made first.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, the codes of the credential's fields, and of what is done
 */
export async function useCredentialKeys<R>(
	context: IExecuteFunctions,
	itemIndex: number,
	use: (keys: CredentialKeys) => R | Promise<R>,
): Promise<R> {
	const services = KEY_TYPES.map(({ type }) => type);
	const type = nodeForm(context, itemIndex)
		.field('keyOf', 'Key Of')
		.choice(['jwtExchangeApi', 'jwtSignApi', ...services], 'jwtSignApi');
	const data = await credentialWithKey(context, type, itemIndex, { newest: true });
	const read = (fields: CredentialData) =>
		type === 'jwtExchangeApi' ? readExchangeSettings(fields).signing : readSigningSettings(fields);
	const keysOf = (fields: CredentialData): CredentialKeys => ({
		inUse: () => read(inTurn(fields)),
		newest: () => read(withNewestKey(fields)),
		beside: () => keysBesideTurn(fields, new Date(), getGlobalState().defaultTimezone),
	});
	return await useCredential(keyData(type, data), keysOf, use);
}
