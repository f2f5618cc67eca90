import type { IExecuteFunctions } from 'n8n-workflow';
import { KEY_TYPES, keyData } from '../../../core/authenticate/serviceKey';
import type { ExchangeSettings } from '../../../core/exchange/exchangeSettings';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { withFieldPlaces } from '../../../core/settings/fieldPlaces';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { readExchangeSettings } from '../../../core/settings/readExchange';
import type { SigningSettings } from '../../../core/sign/signingSettings';
import { credentialWithKey } from '../../common/credentialWithKey';
import { nodeForm } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';

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
	return await useCredential(data, readSigningSettings, use);
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
	return await useCredential(data, readExchangeSettings, use);
}

/**
 * Does something with the credential whose public key is asked for, of one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, the codes of the credential's fields, and of what is done
 */
export async function useKeyCredential<R>(
	context: IExecuteFunctions,
	itemIndex: number,
	use: (settings: SigningSettings) => R | Promise<R>,
): Promise<R> {
	const services = KEY_TYPES.map(({ type }) => type);
	const type = nodeForm(context, itemIndex)
		.field('keyOf', 'Key Of')
		.choice(['jwtExchangeApi', 'jwtSignApi', ...services], 'jwtSignApi');
	if (type === 'jwtSignApi') return await useSigningCredential(context, itemIndex, use);
	if (type === 'jwtExchangeApi') {
		return await useExchangeCredential(
			context,
			itemIndex,
			async ({ signing }) => await use(signing),
		);
	}
	const data = await credentialWithKey(context, type, itemIndex);
	return await useCredential(keyData(type, data), readSigningSettings, use);
}
