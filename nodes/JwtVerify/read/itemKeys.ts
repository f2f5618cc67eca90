import { getGlobalState } from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import type { VerificationFields } from '../../../core/settings/readChecks';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { keysBesideTurn, withKeyInTurn } from '../../../core/settings/readKeyTurn';
import type { FieldValue, Form } from '../../../core/settings/fieldValue';
import { readSecretEncoding } from '../../../core/settings/secretEncoding';
import { certificateChainKeys } from '../../../core/verify/certificateKeys';
import {
	pastedPublicKeys,
	pastedSecret,
	signingCredentialKey,
	type KeySource,
} from '../../../core/verify/keySource';
import type { FormContext } from '../../common/formContext';
import { fieldsOf } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';
import { type ItemKeys, readIssuerKeys, readJwksKeys, readLoadBalancerKeys } from './fetchedKeys';

async function readCredentialKey(context: FormContext, itemIndex: number): Promise<KeySource> {
	const data = await readCredentialOnce(context, 'jwtSignApi', itemIndex);
	const now = new Date();
	const { defaultTimezone } = getGlobalState();
	const inTurn = withKeyInTurn(data, now, defaultTimezone);
	const { key, keyId, credentialExpiresAt } = readSigningSettings(inTurn);
	daysUntilExpiry(credentialExpiresAt, now, defaultTimezone);
	return signingCredentialKey(key, keyId, keysBesideTurn(data, now, defaultTimezone));
}

const KEY_SOURCES = [
	'awsAlb',
	'certificateChain',
	'credential',
	'issuer',
	'jwksUrl',
	'publicKey',
	'secret',
] as const;

/** A pasted key; a JWK that an expression delivers as an object is one too. */
function readPastedKey(field: FieldValue): string {
	return field.isObject ? field.content() : field.textOrNothing();
}

/** Objects other than JWKs must not become secrets that anybody can guess. */
function readSecretText(field: FieldValue): string {
	if (!field.isObject) return field.textOrNothing();
	return field.members().kty === 'oct' ? field.content() : field.refuse('a secret or a JWK');
}

function readPastedSecret(form: Form, options: Form): KeySource {
	return pastedSecret({
		key: readSecretText(form.field('secret', 'Secret')),
		secretEncoding: readSecretEncoding(form),
		allowShortSecret: options.field('allowShortKey', 'Allow Short Secret').boolean(false),
	});
}

function readCertificateKeys(form: Form): ItemKeys {
	const source = certificateChainKeys({
		roots: form.field('rootCertificates', 'Root Certificates').textOrNothing(),
		leafOid: form.field('leafOid', 'Leaf Certificate OID').text('').trim(),
		leafHost: form.field('leafHost', 'Leaf Certificate Host').text('').trim(),
		intermediateOid: form.field('intermediateOid', 'Intermediate Certificate OID').text('').trim(),
	});
	return { source, signsForOthers: true };
}

/**
 * Reads the key source of one item from the form.
 *
 * @param options the Options collection
 * @param checks the Checks collection
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `DURATION_INVALID`, `CHECK_EMPTY`, and what is wrong
 *   with the key or its address
 */
export async function readItemKeys(
	context: FormContext,
	itemIndex: number,
	options: Form,
	checks: VerificationFields,
): Promise<ItemKeys> {
	const form = fieldsOf(context, itemIndex);
	const kind = form.field('keySource', 'Key Source').choice(KEY_SOURCES, 'issuer');
	switch (kind) {
		case 'awsAlb':
			return readLoadBalancerKeys(context, form, options);
		case 'certificateChain':
			return readCertificateKeys(form);
		case 'credential':
			return { source: await readCredentialKey(context, itemIndex) };
		case 'publicKey':
			return { source: pastedPublicKeys(readPastedKey(form.field('publicKey', 'Public Key'))) };
		case 'secret':
			return { source: readPastedSecret(form, options) };
		case 'issuer':
			return await readIssuerKeys(context, form, options, checks);
		case 'jwksUrl':
			return readJwksKeys(context, form, options);
	}
}
