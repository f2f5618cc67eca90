import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { bodyHashRow, readBodyHash } from '../../../core/settings/readBodyHash';
import { readChecks } from '../../../core/settings/readChecks';
import { NOT_THERE, type Form } from '../../../core/settings/fieldValue';
import type { BodyHashCheck } from '../../../core/verify/bodyHashCheck';
import type { ProofCheck } from '../../../core/verify/dpopProof';
import { comparableAddress } from '../../../core/verify/httpAddress';
import type { PossessionChecks } from '../../../core/verify/verifyToken';
import { certificateRow, proofRow, readProofAge } from '../../../core/settings/readPossession';
import type { KeySelector, KeySource } from '../../../core/verify/keySource';
import type { FormContext } from '../../common/formContext';
import { keptFields } from '../../common/inputFields';
import { readField, writtenField } from '../../common/nodeField';
import { fieldsOf, nodeForm } from '../../common/nodeForm';
import { readItemKeys } from './itemKeys';
import { readMaximumLength } from './maximumSize';
import { readToken } from './token';

/** What a token is verified with and against. */
export interface Verification {
	/** Where the keys come from. */
	source: KeySource | KeySelector;
	checks: ReturnType<typeof readChecks> & {
		bodyHash?: BodyHashCheck;
		possession?: PossessionChecks;
	};
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
	const written = writtenField(context, itemIndex, 'audience');
	const isUntouched = Array.isArray(written) && written.every((row) => row === '');
	if (written === NOT_THERE || isUntouched) return {};
	return { audience: readField(context, itemIndex, 'audience') };
}

/** The parts of the call that a token came with; each is asked for where a check needs it. */
export interface CallParts {
	/** The bytes of the body; undefined where they cannot be had. */
	readBody(row: Form): Promise<Uint8Array | undefined>;
	readProof(row: Form): Omit<ProofCheck, 'maximumAge'>;
	/** The client certificate; empty for none. */
	readCertificate(row: Form): string;
}

async function readBoundBody(
	checks: Record<string, unknown>,
	{ readBody }: CallParts,
): Promise<BodyHashCheck | undefined> {
	const row = bodyHashRow(checks);
	return row && { ...readBodyHash(row), body: await readBody(row) };
}

function readPossession(checks: Record<string, unknown>, call: CallParts): PossessionChecks {
	const [proof, certificate] = [proofRow(checks), certificateRow(checks)];
	return {
		...(proof && { proof: { ...call.readProof(proof), maximumAge: readProofAge(proof) } }),
		...(certificate && { certificate: call.readCertificate(certificate) }),
	};
}

/**
 * Reads the fields that say how a token is verified, the key included: JWT Verify and JWT Webhook have
 * the same ones.
 *
 * @param call that the token came with
 * @throws {@link JwtAuthError} `FIELD_INVALID` and the codes of checks and of {@link readItemKeys}
 */
export async function readVerification(
	context: FormContext,
	itemIndex: number,
	call: CallParts,
): Promise<Verification> {
	const form = fieldsOf(context, itemIndex);
	const options = form.field('options', 'Options').section();
	const anyAudience = options.field('anyAudience', 'Accept Any Audience').boolean(false);
	const checks = form.field('checks', 'Checks').members();
	const bodyHash = await readBoundBody(checks, call);
	const possession = readPossession(checks, call);
	const maximumLength = readMaximumLength(options);
	const { source, issuers, signsForOthers } = await readItemKeys(
		context,
		itemIndex,
		options,
		checks,
	);
	const read = readChecks(
		{ ...checks, ...readAudienceField(context, itemIndex) },
		{ issuers, signsForOthers, anyAudience },
	);
	return { source, checks: { ...read, bodyHash, possession }, maximumLength };
}

function readItemProof(row: Form): Omit<ProofCheck, 'maximumAge'> {
	const address = row.field('dpopUrl', 'URL');
	const url = address.text('');
	if (comparableAddress(url) === undefined) address.refuse('a whole http(s) address', 'no such');
	return {
		proof: row.field('dpopProof', 'Proof').textOrNothing().trim(),
		method: row.field('dpopMethod', 'Method').text('POST').trim(),
		url,
	};
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
		...(await readVerification(context, itemIndex, {
			readBody: async (row) => {
				const field = row.field('binaryField', 'Binary Field').name('data');
				return await context.helpers.getBinaryDataBuffer(itemIndex, field);
			},
			readProof: readItemProof,
			readCertificate: (row) => row.field('clientCertificate', 'Certificate').textOrNothing(),
		})),
		token: readToken(context, itemIndex),
		stopsOnInvalid: onInvalid === 'throw',
		kept,
	};
}
