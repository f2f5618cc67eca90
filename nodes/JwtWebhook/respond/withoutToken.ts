import { isObject } from '../../../core/shared/json';
import { deletePath } from '../../../core/shared/objectPath';
import { bodyFields, cookiesOf, type TokenLocation } from '../read/requestToken';
import type { IncomingCall } from '../read/incomingCall';

/** What the item shows of a call. */
export interface ShownCall {
	headers: Record<string, unknown>;
	params: Record<string, unknown>;
	query: Record<string, unknown>;
	body: unknown;
}

/** What stands in place of a token. */
const TAKEN_OUT = '[token]';

/** A copy without the token in any of its texts: Cloudflare, for one, sends it twice. */
function scrub(value: unknown, token: string): unknown {
	if (typeof value === 'string') return value.replaceAll(token, TAKEN_OUT);
	if (Array.isArray(value)) return value.map((entry) => scrub(entry, token));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [
			name.replaceAll(token, TAKEN_OUT),
			scrub(member, token),
		]),
	);
}

/** What the call has, its token included. */
export function shownCall(call: IncomingCall): ShownCall {
	const { headers, params, query } = call;
	return { headers, params, query, body: bodyFields(call) ?? {} };
}

function withoutCookie(call: IncomingCall, wanted: string): string {
	const others = cookiesOf(call).filter(([name]) => name !== wanted);
	return others.map(([name, value]) => `${name}=${value}`).join('; ');
}

/** Takes out the very place that had the token. */
function takeOut(shown: ShownCall, call: IncomingCall, { place, name }: TokenLocation): void {
	switch (place) {
		case 'authorization':
			delete shown.headers.authorization;
			break;
		case 'header':
			Reflect.deleteProperty(shown.headers, name.toLowerCase());
			break;
		case 'cookie':
			shown.headers.cookie = withoutCookie(call, name);
			break;
		case 'query':
			Reflect.deleteProperty(shown.query, name);
			break;
		case 'bodyField':
			if (isObject(shown.body) && Object.hasOwn(shown.body, name)) {
				Reflect.deleteProperty(shown.body, name);
			} else deletePath(shown.body, name);
			break;
		case 'body':
			shown.body = {};
	}
}

/**
 * What the item shows of a call, without its token.
 *
 * @param token the bare token, not empty
 */
export function callWithoutToken(
	call: IncomingCall,
	location: TokenLocation,
	token: string,
): ShownCall {
	const { headers, params, query, body } = shownCall(call);
	const shown: ShownCall = {
		headers: { ...headers },
		params: scrub(params, token) as Record<string, unknown>,
		query: { ...query },
		body: structuredClone(body),
	};
	takeOut(shown, call, location);
	return {
		...shown,
		headers: scrub(shown.headers, token) as Record<string, unknown>,
		query: scrub(shown.query, token) as Record<string, unknown>,
		body: scrub(shown.body, token),
	};
}
