import type { IExecuteFunctions } from 'n8n-workflow';
import type { AdditionalKey } from '../../../core/keys/types';
import type { IssuerAddresses } from '../../../core/sign/discoveryDocument';
import { ALGORITHMS } from '../../../core/keys/algorithms';
import { parsePayload } from '../../../core/sign/claims';
import type { SigningSettings } from '../../../core/sign/signingSettings';
import { nodeForm } from '../../common/nodeForm';

const ALGORITHM_CHOICES = ['', ...ALGORITHMS.map(({ name }) => name)];

/**
 * Reads Additional Public Keys for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readAdditionalKeys(context: IExecuteFunctions, itemIndex: number): AdditionalKey[] {
	const label = 'Additional Public Keys';
	const section = nodeForm(context, itemIndex).field('additionalPublicKeys', label).section();
	return section
		.field('keys', label)
		.rows()
		.map((row, index) => ({
			text: row.field('publicKey', 'Public Key').content(''),
			keyId: row.field('keyId', 'Key ID').text('').trim(),
			algorithm: row.field('algorithm', 'Algorithm').choice(ALGORITHM_CHOICES, ''),
			place: `row ${index + 1} of ${label}`,
		}));
}

/**
 * Reads the addresses of Get Discovery Document for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `PAYLOAD_NOT_OBJECT`, `JSON_*`
 */
export function readIssuerAddresses(
	context: IExecuteFunctions,
	itemIndex: number,
	{ claims }: SigningSettings,
): IssuerAddresses {
	const form = nodeForm(context, itemIndex);
	return {
		issuer: form.field('issuer', 'Issuer').text('').trim(),
		payloadIssuer: parsePayload(claims.payload).iss,
		jwksUrl: form.field('jwksUrl', 'JWKS URL').text('').trim(),
	};
}
