import { createHash } from 'node:crypto';
import { readProof, type Proof } from '../../core/support/proofs';
import type { Answer, Arrived, TokenService } from '../../e2e/support/tokenServer';

/** What a service that binds its tokens has seen. */
export interface BoundTokens {
	/** Proofs of requests that were let in, each with the token it was for. */
	accepted: Array<{ token: string; proof: Proof }>;
	/** Why others were not. */
	refused: string[];
}

function proofOf({ headers }: Arrived): Proof | undefined {
	try {
		return readProof(headers.dpop);
	} catch {
		return undefined;
	}
}

/**
 * Has a token service bind every token to the key of the proof in its request (DPoP, RFC 9449), and let
 * in nobody without a proof of that key for the token and the very request, which it has not seen yet.
 */
export function bindTokens({ endpoint, api }: TokenService): BoundTokens {
	const seen: BoundTokens = { accepted: [], refused: [] };
	const keys = new Map<string, string>();
	const ids = new Set<unknown>();
	const { answer: issue } = endpoint;
	const { answer: check } = api;

	/** What is wrong with a proof for a request to an address; undefined for a good one. */
	const wrongIn = (proof: Proof | undefined, { method, path }: Arrived, base: string) => {
		if (!proof) return 'no proof';
		const { htm, htu, iat, jti } = proof.claims;
		if (ids.has(jti)) return 'jti';
		ids.add(jti);
		if (htm !== method) return 'htm';
		if (htu !== base + path) return 'htu';
		return Math.abs(Date.now() / 1000 - Number(iat)) < 60 ? undefined : 'iat';
	};
	const refuse = (reason: string): Answer => {
		seen.refused.push(reason);
		return { status: 401, body: { reason } };
	};

	endpoint.answer = async (request) => {
		const proof = proofOf(request);
		const wrong = wrongIn(proof, request, endpoint.url);
		if (!proof || wrong !== undefined) return refuse(`token endpoint: ${wrong}`);
		const answer = (await issue(request)) ?? {};
		const body = answer.body as { access_token?: string };
		if (body.access_token === undefined) return answer;
		keys.set(body.access_token, proof.jkt);
		return { ...answer, body: { ...body, token_type: 'DPoP' } };
	};
	api.answer = async (request) => {
		const [, token = ''] = /^DPoP (.*)$/.exec(String(request.headers.authorization)) ?? [];
		const proof = proofOf(request);
		const wrong = wrongIn(proof, request, api.url);
		if (!proof || wrong !== undefined) return refuse(String(wrong));
		if (proof.jkt !== keys.get(token)) return refuse('key');
		const hash = createHash('sha256').update(token).digest('base64url');
		if (proof.claims.ath !== hash) return refuse('ath');
		seen.accepted.push({ token, proof });
		const headers = { ...request.headers, authorization: `Bearer ${token}` };
		return await check({ ...request, headers });
	};
	return seen;
}
