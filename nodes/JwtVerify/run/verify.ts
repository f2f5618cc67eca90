import { reportVerification } from '../../../core/verify/tokenReport';
import { verifyToken } from '../../../core/verify/verifyToken';
import type { VerifyForm } from '../read/verifyForm';

/** The outcome of one item. */
export interface Verdict {
	valid: boolean;
	/** What is output of it. */
	report: Awaited<ReturnType<typeof reportVerification>>;
}

/**
 * Verifies the token of one item.
 *
 * @throws {@link JwtAuthError} why a token may not be trusted, where the person wants that to stop
 */
export async function verify({
	token,
	source,
	checks,
	maximumLength,
	stopsOnInvalid,
}: VerifyForm): Promise<Verdict> {
	const now = new Date();
	const scheme = checks.possession?.proof ? 'DPoP' : 'Bearer';
	const result = await verifyToken(token, source, { ...checks, maximumLength, now });
	if (!result.valid && stopsOnInvalid) throw result.error;
	return {
		valid: result.valid,
		report: await reportVerification(result, now, checks.scopes, scheme),
	};
}
