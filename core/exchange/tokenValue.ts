import type { ExchangeSettings } from './exchangeSettings';
import { JwtAuthError } from '../errors';

/** What a value of JSON is, in words. */
function kindOfMember(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Why a text cannot be sent as a token, RFC 6750 §2.1; undefined when it can. */
function textProblem(text: string): string | undefined {
	if (/[\r\n]/.test(text)) return 'has a line break';
	if (/[ \t]/.test(text)) return 'has a blank';
	// Any other visible character is let through, though the RFC has fewer.
	return /[^\x21-\x7e]/.test(text) ? 'has a character that is no printable ASCII' : undefined;
}

/**
 * Checks what an answer has where the token is expected. The value is never quoted.
 *
 * @param value neither absent nor empty
 * @param field Token Field; empty where the whole answer is the token
 * @throws {@link JwtAuthError} `EXCHANGE_TOKEN_INVALID`
 */
export function readTokenValue(value: unknown, field: string): string {
	const problem =
		typeof value === 'string' ? textProblem(value) : `is ${kindOfMember(value)}, not text`;
	if (typeof value === 'string' && problem === undefined) return value;
	throw new JwtAuthError(
		'EXCHANGE_TOKEN_INVALID',
		`${field === '' ? "The token endpoint's answer" : `What the token endpoint's answer has in "${field}"`} cannot be sent as a token: it ${problem}.`,
	);
}

/** Types of tokens that are of no use without a key or a signature of their own. */
const BOUND_TYPES = ['DPoP', 'HoK', 'MAC', 'PoP'];

/**
 * The type of a token that has to be bound to a key. RFC 9449 §5 has a client discard any other where
 * it counts on the binding, as a person does who switched it on.
 */
function readBoundType(value: unknown): string {
	const type = typeof value === 'string' ? value.trim() : '';
	if (type.toLowerCase() === 'dpop') return type;
	const found = /^[\w-]{1,20}$/.test(type) ? `a ${type} token` : 'a token of no known type';
	throw new JwtAuthError(
		'EXCHANGE_TOKEN_TYPE',
		`Use DPoP is on, but the service issued ${found}, which is not bound to a key.`,
		{
			hint: 'Require DPoP for this client in the service; if it does not know DPoP, switch Use DPoP off.',
		},
	);
}

/**
 * Checks `token_type` of an answer, RFC 6749 §7.1. What is no text in the answer of a custom exchange,
 * which need not follow that, is passed over.
 * Under Use DPoP it has to be DPoP.
 *
 * @returns the type, empty where the answer has none
 * @throws {@link JwtAuthError} `EXCHANGE_TOKEN_TYPE` for a type that is no text, and for one whose tokens
 *   cannot be sent as they are
 */
export function readTokenType(
	value: unknown,
	{ grant, proofAlgorithm }: Pick<ExchangeSettings, 'grant' | 'proofAlgorithm'>,
): string {
	if (proofAlgorithm !== undefined) return readBoundType(value);
	if (value === undefined || value === null) return '';
	if (typeof value !== 'string') {
		if (grant === 'custom') return '';
		throw new JwtAuthError(
			'EXCHANGE_TOKEN_TYPE',
			`The "token_type" of the token endpoint's answer is ${kindOfMember(value)}, not text.`,
		);
	}
	const type = value.trim();
	const bound = BOUND_TYPES.find((name) => name.toLowerCase() === type.toLowerCase());
	if (bound === undefined) return type;
	throw new JwtAuthError('EXCHANGE_TOKEN_TYPE', `The service issued a ${bound} token.`, {
		hint:
			bound === 'DPoP'
				? 'Switch Use DPoP on in the credential: Advanced Options > Proof of Possession.'
				: `Switch ${bound} off for this client: its tokens cannot be used from here.`,
	});
}
