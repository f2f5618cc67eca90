import type { IExecuteFunctions } from 'n8n-workflow';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { readExchangeSettings } from '../../../core/settings/readExchange';
import type { SigningSettings } from '../../../core/sign/signingSettings';
import { nodeForm } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';

/**
 * Reads the credential whose public key is asked for, for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, and the codes of the credential's fields
 */
export async function readKeyCredential(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<SigningSettings> {
	const type = nodeForm(context, itemIndex)
		.field('keyOf', 'Key Of')
		.choice(['jwtExchangeApi', 'jwtSignApi'], 'jwtSignApi');
	const data = await readCredentialOnce(context, type, itemIndex);
	return type === 'jwtSignApi' ? readSigningSettings(data) : readExchangeSettings(data).signing;
}

/** Reads Snowflake User for one item. @throws {@link JwtAuthError} `FIELD_INVALID` */
export function readSnowflakeUser(context: IExecuteFunctions, itemIndex: number): string {
	return nodeForm(context, itemIndex).field('snowflakeUser', 'Snowflake User').text('').trim();
}
