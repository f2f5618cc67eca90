import { JwtAuthError } from '../errors';
import { newProofKey, type ProofKey } from '../keys/proofKey';
import type { Network } from '../request/network';
import { redactError } from '../shared/redact';
import { usesAudience } from './assertion';
import { audienceDirectory } from './assertionAudience';
import { attempt } from './attempt';
import { askPatiently, wantedPause, type AttemptResult } from './exchangeRetry';
import { exchangeSecrets, tokensIn } from './exchangeSecrets';
import type { ExchangeSettings } from './exchangeSettings';
import { exchangeFingerprint } from './fingerprint';
import { sendWithNonce, withTokenProof } from './provenRequest';
import { isRefusedForTime, withClock } from './refusedForTime';
import {
	LARGEST_DIFFERENCE,
	measureDifference,
	ServerClocks,
	TOLERATED_DIFFERENCE,
} from './serverClock';
import type { AccessToken } from './storedToken';
import { assertTokenUrl, buildTokenRequest, type TokenRequest } from './tokenRequest';
import { readTokenResponse, serverTime } from './tokenResponse';

/** Shared by everything in this process. */
const clocks = new ServerClocks();
const findAudience = audienceDirectory();

/** What every attempt of one exchange needs. */
interface Asking {
	settings: ExchangeSettings;
	network: Network;
	/** `aud` of the assertions, where it is not left to the payload. */
	audience: string | undefined;
	/** The key that the token is to be bound to. */
	proofKey: ProofKey | undefined;
}

/** One attempt: what was asked when, and what came of it. */
interface Attempt extends AttemptResult {
	request: TokenRequest;
	/** Milliseconds by which the clock of the server was taken to be ahead of ours. */
	difference: number;
	/** Milliseconds since 1970. */
	sentAt: number;
	receivedAt: number;
}

async function ask(
	{ settings, network, audience, proofKey }: Asking,
	difference: number,
): Promise<Attempt> {
	const sentAt = Date.now();
	const now = new Date(sentAt + difference);
	const { request, outcome } = await sendWithNonce(async () => {
		const built = await buildTokenRequest(settings, now, audience);
		const proven = await withTokenProof(built, proofKey, now);
		return { request: proven, outcome: await attempt(network, proven) };
	});
	const receivedAt = Date.now();
	return { request, difference, sentAt, receivedAt, outcome, wanted: wantedPause(outcome, sentAt) };
}

/** What an attempt brought; its error tells nothing of what was sent. */
function readOutcome(
	{ outcome, request, sentAt }: Attempt,
	settings: ExchangeSettings,
): ReturnType<typeof readTokenResponse> {
	try {
		if (outcome instanceof JwtAuthError) throw outcome;
		return readTokenResponse(outcome, settings, sentAt);
	} catch (error) {
		throw redactError(error, [...exchangeSecrets(settings), ...tokensIn(request)]);
	}
}

/**
 * Asks, and once more by the server's clock where that differs and the endpoint minds the times.
 *
 * @returns with the difference where following it is of no use or goes too far
 */
async function askInTime(asking: Asking): Promise<{ latest: Attempt; vainDifference?: number }> {
	const { settings } = asking;
	const { host } = new URL(settings.tokenUrl);
	const askAt = async (difference: number): Promise<Attempt> =>
		await askPatiently(async () => await ask(asking, difference), asking.network);
	const first = await askAt(clocks.difference(host));
	const { outcome } = first;
	if (outcome instanceof JwtAuthError || !isRefusedForTime(outcome, settings)) {
		return { latest: first };
	}
	const measured = measureDifference(serverTime(outcome.headers), first);
	if (Math.abs(measured - first.difference) <= TOLERATED_DIFFERENCE) return { latest: first };
	if (Math.abs(measured) > LARGEST_DIFFERENCE) return { latest: first, vainDifference: measured };
	const latest = await askAt(measured);
	const isVain =
		latest.outcome instanceof JwtAuthError || isRefusedForTime(latest.outcome, settings);
	if (isVain) return { latest, vainDifference: measured };
	clocks.keep(host, measured);
	return { latest };
}

/**
 * Trades a freshly signed assertion for an access token.
 *
 * A token endpoint that is not up to it is asked up to three times, see {@link askPatiently}, each
 * time with a new assertion. Redirects are not followed.
 *
 * Where the answer says that `iat` or `exp` lies wrong, and its `Date` differs from our clock by more
 * than 5 seconds and at most a day, it is tried once more with the time of the server. What helped is
 * kept for that host for an hour.
 *
 * @param noteFailure told why the endpoint was asked in vain, and for how many milliseconds it wants to
 *   be left alone; what keeps the request from being made at all is thrown only
 * @throws {@link JwtAuthError} `EXCHANGE_UNREACHABLE`, `EXCHANGE_TIMEOUT`, `DISCOVERY_FAILED`, and
 *   those of {@link buildTokenRequest} and {@link readTokenResponse}; `Cancelled`
 */
export async function exchange(
	settings: ExchangeSettings,
	network: Network,
	noteFailure: (error: unknown, wanted: number) => void = () => {},
): Promise<AccessToken> {
	const fingerprint = exchangeFingerprint(settings);
	assertTokenUrl(settings);
	const audience = usesAudience(settings) ? await findAudience(settings, network) : undefined;
	const { proofAlgorithm } = settings;
	const proofKey = proofAlgorithm && (await newProofKey(proofAlgorithm));
	const asking = { settings, network, audience, proofKey };
	const { latest, vainDifference } = await askInTime(asking);
	try {
		return { ...readOutcome(latest, settings), fingerprint, ...(proofKey && { proofKey }) };
	} catch (error) {
		const told = withClock(error, vainDifference);
		noteFailure(told, latest.wanted);
		throw told;
	}
}
