import type { IWebhookFunctions } from 'n8n-workflow';
import { JwtAuthError, type JwtAuthErrorCode } from '../../../core/errors';
import { startDeadline } from '../../../core/request/deadline';
import { isInIpRanges } from '../../../core/shared/ipRanges';
import {
	bearerChallenge,
	bearerFault,
	type BearerFault,
} from '../../../core/verify/bearerChallenge';
import { reportVerification, type VerificationReport } from '../../../core/verify/tokenReport';
import { verifyToken } from '../../../core/verify/verifyToken';
import { formOfWebhook } from '../../common/formContext';
import { readVerification } from '../../JwtVerify/read/verifyForm';
import type { CallForm } from '../read/callForm';
import type { IncomingCall } from '../read/incomingCall';
import { readHeader, readRequestToken, type TokenLocation } from '../read/requestToken';
import { calledAddress } from '../read/webhookUrl';

/** A call that is answered by this node, without a run of the workflow. */
export interface Refusal {
	accepted: false;
	statusCode: 400 | 401 | 403 | 503;
	/** Why, as a code: that of a {@link JwtAuthError}, `IP_NOT_ALLOWED` or `ORIGIN_NOT_ALLOWED`. */
	reason: string;
	/** Why, for the person who built the workflow; never for the sender. */
	message: string;
	/** Field value of `WWW-Authenticate`, where a token would help. */
	wwwAuthenticate?: string;
	/** What is wrong with the token, for the sender; undefined where there is none. */
	fault?: BearerFault;
}

/** A call whose token holds. */
export interface AcceptedCall {
	accepted: true;
	/** The bare token. */
	token: string;
	report: VerificationReport;
}

/** The keys cannot be had, of which a sender with a good token is not to blame. */
const KEYS_UNAVAILABLE: readonly JwtAuthErrorCode[] = [
	'DISCOVERY_FAILED',
	'JWKS_INVALID',
	'JWKS_UNREACHABLE',
];

function refusalFor(
	error: JwtAuthError,
	scheme: TokenLocation['scheme'] = 'Bearer',
	scopes?: readonly string[],
): Refusal {
	const { code: reason, message } = error;
	if (KEYS_UNAVAILABLE.includes(reason)) {
		return { accepted: false, statusCode: 503, reason, message: `${message} ${error.hint}` };
	}
	const fault = bearerFault(error);
	return { accepted: false, reason, message, fault, ...bearerChallenge(error, scopes, scheme) };
}

function forbidden(reason: string, message: string): Refusal {
	return { accepted: false, statusCode: 403, reason, message };
}

function checkSender({ ip, headers }: IncomingCall, form: CallForm): Refusal | undefined {
	if (form.allowedIps.length > 0 && !isInIpRanges(ip ?? '', form.allowedIps)) {
		return forbidden('IP_NOT_ALLOWED', 'The address of the sender is not in IP(s) Allowlist.');
	}
	const { origin } = headers;
	const isForeign = typeof origin === 'string' && !form.allowedOrigins.includes(origin);
	if (form.allowedOrigins.length > 0 && isForeign) {
		return forbidden(
			'ORIGIN_NOT_ALLOWED',
			'The page that called is not in Allowed Origins (CORS).',
		);
	}
	return undefined;
}

async function verifyFound(
	context: IWebhookFunctions,
	call: IncomingCall,
	token: string,
): Promise<AcceptedCall | Refusal> {
	const { source, checks, maximumLength } = await readVerification(formOfWebhook(context), 0, {
		readBody: async () => await Promise.resolve(call.rawBody),
		readProof: () => ({
			proof: readHeader(call, 'dpop').trim(),
			method: call.method,
			url: calledAddress(context, call),
		}),
		readCertificate: (row) =>
			readHeader(call, row.field('certificateHeader', 'Certificate Header').name('X-Client-Cert')),
	});
	const scheme = checks.possession?.proof ? 'DPoP' : 'Bearer';
	const now = new Date();
	const result = await verifyToken(token, source, { ...checks, maximumLength, now });
	if (!result.valid) return refusalFor(result.error, scheme, checks.scopes);
	return { accepted: true, token, report: await reportVerification(result, now, checks.scopes) };
}

/** Discovery may take several requests, each within the timeout; a call is not held longer than one. */
async function within(
	timeout: number,
	verdict: Promise<AcceptedCall | Refusal>,
): Promise<AcceptedCall | Refusal> {
	const { signal } = startDeadline(timeout);
	// A deadline that somebody waits for is kept until it ends, and with it the verdict: one for each call.
	const decided = new AbortController();
	const late = new Promise<Refusal>((resolve) => {
		const message = `The keys of the issuer were not there within ${timeout / 1000} seconds.`;
		const giveUp = (): void => {
			resolve(refusalFor(new JwtAuthError('JWKS_UNREACHABLE', message)));
		};
		signal.addEventListener('abort', giveUp, { once: true, signal: decided.signal });
	});
	try {
		return await Promise.race([verdict, late]);
	} finally {
		decided.abort();
	}
}

/**
 * Verifies the token of a call, as JWT Verify does with the same fields.
 *
 * @throws {@link JwtAuthError} what is wrong with the form or with a key in it
 */
export async function verifyCall(
	context: IWebhookFunctions,
	call: IncomingCall,
	form: CallForm,
): Promise<AcceptedCall | Refusal> {
	const sender = checkSender(call, form);
	if (sender) return sender;
	let caught: unknown;
	try {
		const token = readRequestToken(call, form.tokenIn);
		if (token === '') {
			return refusalFor(
				new JwtAuthError('TOKEN_MISSING', 'The call has no token.'),
				form.tokenIn.scheme,
			);
		}
		return await within(form.timeout, verifyFound(context, call, token));
	} catch (error) {
		caught = error;
	}
	const refused: readonly JwtAuthErrorCode[] = [...KEYS_UNAVAILABLE, 'TOKEN_REPEATED'];
	if (caught instanceof JwtAuthError && refused.includes(caught.code)) {
		return refusalFor(caught, form.tokenIn.scheme);
	}
	throw caught;
}
