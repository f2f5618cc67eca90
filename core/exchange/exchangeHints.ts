const REGISTERED_KEY =
	'that this key (or certificate) is registered for the client under this Key ID and algorithm';

const UNKNOWN_CLIENT = `Check the Client ID, and ${REGISTERED_KEY}.`;

const MISSING_CLIENT = `Client ID of the credential is empty: enter the one that the service gave you. If it gave you none, check ${REGISTERED_KEY}.`;

/** What to do about a refusal, by what the server says of it; the first that fits is taken. */
const HINTS: ReadonlyArray<[pattern: RegExp, hint: string]> = [
	[
		/user hasn'?t approved this consumer/i,
		'In Salesforce, set the app to "Admin approved users are pre-authorized" and give the user one of its profiles or permission sets.',
	],
	[
		/consent_required|AADSTS65001/i,
		'The user or an administrator has to grant the app consent once, in a browser.',
	],
	[
		/invalid jwt signature/i,
		'The key does not belong to this account, or was deleted there. Make a new key and paste it whole.',
	],
	[
		/use_dpop_nonce/i,
		'The service asks for a nonce and did not take the one it gave. Check that nothing in between changes its headers.',
	],
	[
		/dpop/i,
		'If the service wants DPoP for this client, switch Use DPoP on: Advanced Options > Proof of Possession. If it is on, check the clock of this machine, and DPoP Algorithm.',
	],
	[
		/AADSTS700027|key was not found|^(?=.*certificate)(?=.*not)(?=.*(?:registered|found))/i,
		'Upload the certificate to the app, and paste the same one in Certificate.',
	],
	[
		/expir|too far in the future|issued in the future|\biat\b|\bexp\b|\bnbf\b|clock/i,
		"Check the clock of this machine, and keep Expires In within the service's limit. With Backdate 'iat' By a fast clock does no harm.",
	],
	[/audience|\baud\b/i, 'Put the "aud" the service asks for into the payload, letter by letter.'],
	[
		/\bjti\b|replay|already been used/i,
		"Switch Add 'jti' Claim on, and leave jti out of the payload.",
	],
	[
		/signature/i,
		'The service knows another key: check that the public key (or certificate) of this one is registered there, under this Key ID and algorithm.',
	],
	[/invalid_client|invalid client/i, UNKNOWN_CLIENT],
	[
		/invalid_grant/i,
		'Common causes: the clock of this machine, a wrong "aud", or a user who has not given consent to the app.',
	],
	[/invalid_scope|scope/i, 'Check the names in Scope, and that the client may ask for them.'],
	[
		/unauthorized_client|access_denied/i,
		'Allow the client this grant (and this user or these scopes) in the settings of the service.',
	],
	[
		/unsupported_grant_type/i,
		'Choose another way in How the Service Takes the JWT, or allow this one for the client in the service.',
	],
];

/** What to do about a status where the server's words say nothing. */
const STATUS_HINTS: Readonly<Record<number, string>> = {
	401: 'Check first that the key is the one that is registered with the service, under this Key ID and algorithm; then compare the claims with what it asks for.',
	404: 'There is nothing at this address: compare Token URL with the API documentation letter by letter, IDs in it too.',
	405: 'This address takes other requests than this one: compare Token URL and, for a custom exchange, HTTP Method with the API documentation.',
	410: 'This address was given up: look up the current Token URL in the API documentation.',
	415: 'The service wants the request written in another way: choose another Body Format.',
};

/**
 * What a person can do about a refused exchange.
 *
 * @param reason error code and description as the server gave them
 * @returns undefined when the reason is not among the well-known ones
 */
export function hintFor(reason: string): string | undefined {
	return HINTS.find(([pattern]) => pattern.test(reason))?.[1];
}

/**
 * What a person can do about a refusal, by its reason, else by its status.
 *
 * @param lacksClient whether Client ID, which the form has, is empty
 * @returns undefined where both say little
 */
export function refusalHint(
	reason: string,
	status: number,
	lacksClient: boolean,
): string | undefined {
	const byReason = hintFor(reason);
	const isClient = byReason === UNKNOWN_CLIENT || (!byReason && status === 401);
	return isClient && lacksClient ? MISSING_CLIENT : (byReason ?? STATUS_HINTS[status]);
}
