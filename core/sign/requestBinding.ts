import {
	BODY_VALUES,
	boundValue,
	isIn,
	requestBindingError,
	URL_VALUES,
	type BindOptions,
	type BoundRequest,
	type BoundValue,
} from './requestBindingValues';
import { FORBIDDEN_HEADER_PARAMETERS } from './header';
import { shownText } from '../shared/shownText';
import {
	describeRequest,
	freezeRequest,
	type DescribeOptions,
	type FrozenRequest,
	type OutgoingRequest,
} from '../request/outgoingRequest';

/** One row of Request Binding. */
export interface RequestBinding {
	/** Whether it becomes a claim or a header parameter. */
	target: 'payload' | 'header';
	/** Name of the claim or header parameter; ending in `[]` for a list of one. */
	name: string;
	value: BoundValue;
}

/** Claims and header parameters taken from a request. */
export interface BoundParameters {
	payload: Record<string, unknown>;
	header: Record<string, unknown>;
}

const FORBIDDEN_NAMES = {
	payload: ['__proto__', 'exp', 'iat', 'nbf'],
	header: ['__proto__', ...FORBIDDEN_HEADER_PARAMETERS],
};

/** Which parts of the request the rows take something from. */
export function boundParts(bindings: readonly RequestBinding[]): { url: boolean; body: boolean } {
	return {
		url: bindings.some(({ value }) => isIn(URL_VALUES, value)),
		body: bindings.some(({ value }) => isIn(BODY_VALUES, value)),
	};
}

/**
 * Gets a request ready to be bound: fixed as far as the rows need it, and otherwise as it is.
 *
 * @param request left as it is
 * @returns the request to send, and what `bindRequest` reads
 * @throws {@link JwtAuthError} `URL_INVALID`, `REQUEST_BODY_UNBINDABLE`
 */
export function prepareRequest<T extends OutgoingRequest>(
	bindings: readonly RequestBinding[],
	request: T,
	options: DescribeOptions = {},
): FrozenRequest<T> {
	const parts = boundParts(bindings);
	if (parts.url || parts.body) return freezeRequest(request, { ...options, body: parts.body });
	return { request, ...describeRequest(request, options), bodyBytes: undefined };
}

function readName(binding: RequestBinding): { name: string; list: boolean } {
	const { target } = binding;
	if (target !== 'payload' && target !== 'header') {
		throw requestBindingError(
			'A row of Request Binding has neither Payload nor Header as its target.',
		);
	}
	const given = String(binding.name ?? '').trim();
	const list = given.endsWith('[]');
	const name = list ? given.slice(0, -2).trim() : given;
	if (name === '') throw requestBindingError('A row of Request Binding has no name.');
	if (/[[\]]/.test(name)) {
		throw requestBindingError(
			`The name ${shownText(given)} in Request Binding has brackets, which have a meaning as [] at its end only: a list of one.`,
		);
	}
	if (name.length > 128)
		throw requestBindingError('A name in Request Binding is longer than 128 characters.');
	if (FORBIDDEN_NAMES[target].includes(name)) {
		const what = target === 'header' ? 'header parameter' : 'claim';
		throw requestBindingError(`The ${what} ${name} cannot be taken from the request.`);
	}
	return { name, list };
}

/**
 * Takes claims and header parameters from a request.
 *
 * @param bindings rows of Request Binding
 * @param request as it will be sent
 * @returns claims for `buildClaims` (`boundClaims`), header parameters for `buildHeader`
 * @throws {@link JwtAuthError} `REQUEST_BINDING_INVALID` for no name, one with brackets or that occurs twice, `alg`,
 *   `b64`, `crit` as header parameter, `exp`, `iat`, `nbf` as claim, an unknown target or value, or a
 *   fingerprint of a secret; `REQUEST_BODY_UNBINDABLE`
 */
export function bindRequest(
	bindings: readonly RequestBinding[],
	request: BoundRequest,
	options: BindOptions,
): BoundParameters {
	const bound: BoundParameters = { payload: {}, header: {} };
	const seen = new Set<string>();
	for (const binding of bindings) {
		const { name, list } = readName(binding);
		const place = `${binding.target} ${name}`;
		if (seen.has(place)) {
			throw requestBindingError(
				`Request Binding sets the name ${name} twice in the ${binding.target}.`,
			);
		}
		seen.add(place);
		const value = boundValue(binding.value, request, options);
		if (value !== undefined) bound[binding.target][name] = list ? [value] : value;
	}
	return bound;
}
