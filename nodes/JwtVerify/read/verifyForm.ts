import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { bodyHashRow, readBodyHash } from '../../../core/settings/readBodyHash';
import { readChecks } from '../../../core/settings/readChecks';
import type { Form } from '../../../core/settings/fieldValue';
import type { BodyHashCheck } from '../../../core/verify/bodyHash';
import type { KeySource } from '../../../core/verify/keySource';
import type { FormContext } from '../../common/formContext';
import { keptFields } from '../../common/inputFields';
import { fieldsOf, nodeForm } from '../../common/nodeForm';
import { readItemKeys } from './itemKeys';
import { readMaximumLength } from './maximumSize';
import { readToken } from './token';

/** What a token is verified with and against. */
export interface Verification {
	/** Where the keys come from. */
	source: KeySource;
	checks: ReturnType<typeof readChecks> & { bodyHash?: BodyHashCheck };
	/** Most characters of a token that is read. */
	maximumLength: number;
}

/** What the form of Verify says for one item. */
export interface VerifyForm extends Verification {
	token: string;
	/** Whether a token that may not be trusted is an error of its item. */
	stopsOnInvalid: boolean;
	/** Fields of the input item that stay in the output. */
	kept: IDataObject;
}

/**
 * The field Audience, unless nobody filled in any of its rows, of which the form opens with one. A list
 * or a row that an expression left empty counts as filled in.
 */
function readAudienceField(context: FormContext, itemIndex: number): { audience?: unknown } {
	const read = (rawExpressions: boolean): unknown =>
		context.getNodeParameter('audience', itemIndex, [], { rawExpressions });
	const asTyped = read(true);
	const isUntouched = Array.isArray(asTyped) && asTyped.every((row) => row === '');
	return isUntouched ? {} : { audience: read(false) };
}

/** Gives the bytes of the body that a token is bound to; undefined where they cannot be had. */
export type ReadBody = (row: Form) => Promise<Uint8Array | undefined>;

async function readBoundBody(
	checks: Record<string, unknown>,
	readBody: ReadBody,
): Promise<BodyHashCheck | undefined> {
	const row = bodyHashRow(checks);
	return row && { ...readBodyHash(row), body: await readBody(row) };
}

/**
 * Reads the fields that say how a token is verified, the key included: JWT Verify and JWT Webhook have
 * the same ones.
 *
 * @param readBody is asked where a claim has to hold the hash of the body
 * @throws {@link JwtAuthError} `FIELD_INVALID` and the codes of checks and of {@link readItemKeys}
 */
export async function readVerification(
	context: FormContext,
	itemIndex: number,
	readBody: ReadBody,
): Promise<Verification> {
	const form = fieldsOf(context, itemIndex);
	const options = form.field('options', 'Options').section();
	const anyAudience = options.field('anyAudience', 'Accept Any Audience').boolean(false);
	const checks = form.field('checks', 'Checks').members();
	const bodyHash = await readBoundBody(checks, readBody);
	const maximumLength = readMaximumLength(options);
	const { source, issuer, signsForOthers } = await readItemKeys(context, itemIndex, options);
	const read = readChecks(
		{ ...checks, ...readAudienceField(context, itemIndex) },
		{ issuer, signsForOthers, anyAudience },
	);
	return { source, checks: { ...read, bodyHash }, maximumLength };
}

/**
 * Reads the form of Verify for one item, the key included.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID` and the codes of checks and of {@link readItemKeys}
 */
export async function readVerifyForm(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<VerifyForm> {
	const options = nodeForm(context, itemIndex).field('options', 'Options').section();
	const kept = keptFields(context, itemIndex, options);
	const onInvalid = options
		.field('onInvalid', 'On Invalid Token')
		.choice(['branch', 'throw'], 'branch');
	return {
		...(await readVerification(context, itemIndex, async (row) => {
			const field = row.field('binaryField', 'Binary Field').name('data');
			return await context.helpers.getBinaryDataBuffer(itemIndex, field);
		})),
		token: readToken(context, itemIndex),
		stopsOnInvalid: onInvalid === 'throw',
		kept,
	};
}
