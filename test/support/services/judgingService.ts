import { verifySignature } from '../../../playground/demo-api/verifyJws';
import { firstBroken } from '../vendors';
import type { Jwt, ServiceCase, ServiceRequest } from './serviceCase';

function findJwt({ headers, body }: ServiceRequest): string {
	const found = /eyJ[\w-]*\.[\w-]+\.[\w-]+/.exec(`${JSON.stringify(headers)} ${body}`);
	return found?.[0] ?? '';
}

/** A service that checks what the real one checks. */
export class JudgingService {
	/** Seconds by which its clock differs from that of n8n. */
	clockOffset = 0;

	/** The last access token. */
	private token = '';

	private count = 0;

	constructor(readonly service: ServiceCase) {}

	/** What does not hold of a request that carries a JWT. */
	private brokenIn(request: ServiceRequest): string | undefined {
		const { keys, checks } = this.service;
		try {
			const jwt = verifySignature(findJwt(request), keys) as Jwt;
			return firstBroken(checks(jwt, Date.now() / 1000 + this.clockOffset, request));
		} catch {
			return 'signature';
		}
	}

	answer(request: ServiceRequest): { status: number; body: unknown } {
		const { exchange, apiChecks } = this.service;
		const address = request.host + request.path;
		if (address === exchange?.at) {
			const broken = this.brokenIn(request) ?? firstBroken(exchange.checks(request));
			if (broken) return exchange.refuse(broken);
			this.token = `access.${(this.count += 1)}.${this.service.type}`;
			return { status: 200, body: exchange.grant(this.token) };
		}
		const broken = exchange ? this.brokenToken(request) : this.brokenIn(request);
		if (broken)
			return { status: exchange && request.method === 'POST' ? 404 : 401, body: { broken } };
		const also = apiChecks && firstBroken(apiChecks(request));
		return also ? { status: 400, body: { broken: also } } : { status: 200, body: { ok: true } };
	}

	private brokenToken({ headers }: ServiceRequest): string | undefined {
		const carries = Object.values(headers).some((value) => String(value).endsWith(this.token));
		return this.token !== '' && carries ? undefined : 'access token';
	}
}
