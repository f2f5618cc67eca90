/**
 * Every code a {@link JwtAuthError} can carry, with the hint used when the place that throws has
 * nothing more exact to say. The codes are an interface: they are documented in docs/errors.md and
 * do not change once released.
 */
export const ERROR_HINTS = {
	ADDITIONAL_HEADERS_INVALID:
		'Enter a JSON object of names and texts such as { "X-API-Key": "…" }.',
	ALGORITHM_NOT_ALLOWED:
		'Check that the key is of the kind the token is signed with, and Algorithms if it is set.',
	ALGORITHM_UNAVAILABLE: 'Run n8n with Node.js 24.7 or newer, or choose another algorithm.',
	ALGORITHM_UNSUPPORTED: 'Choose one of the algorithms in the list.',
	AUDIENCE_MISMATCH: 'Check Audience: it has to be one of the values in the "aud" of the token.',
	AUDIENCE_REQUIRED:
		'Fill in Audience: the issuer signs tokens for other services too. Where its tokens have no "aud", turn on Accept Any Audience under Options.',
	BODY_HASH_MISMATCH:
		'Check Claim Holds Hash of Body, and that the body arrives byte by byte as it was sent.',
	CERTIFICATE_EXPIRED:
		'Have a new certificate issued, and paste it with its key; or check the clock of this machine.',
	CERTIFICATE_MALFORMED:
		'Paste the whole certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
	CERTIFICATE_MISMATCH: 'Paste the certificate that was made for this private key.',
	CERTIFICATE_UNTRUSTED:
		'Check Root Certificates and the fields below it; if they are right, the token is not from this service.',
	CHECK_EMPTY: 'Fill it in, or take it out so that it is not checked.',
	CLAIM_EMPTY: 'Give it a value, or take it out to leave the claim to the credential.',
	CLAIM_INVALID: 'Correct the claim in the payload.',
	CLAIM_MISMATCH: 'Check Required Claims.',
	CLAIM_MISSING: 'Check Required Claims, or ask the issuer for tokens with this claim.',
	CREDENTIAL_EXPIRED:
		'Set a later date in Credential Expires At, or clear it; put in the new key, secret or token if the old one has ended.',
	CRITICAL_HEADER_UNSUPPORTED:
		'Ask the issuer for tokens without "crit" and "b64" in their header.',
	DISCOVERY_FAILED:
		'Check the issuer address, or enter the address of its key set (jwks_uri) as the JWKS URL.',
	DOMAIN_NOT_ALLOWED:
		'Add the host to Allowed Domains in the credential, with a comma between two hosts, or choose All under Allowed HTTP Request Domains.',
	DURATION_INVALID: 'Write seconds, or a number with a unit such as 90s, 10m, 1h or 7d.',
	EXCHANGE_BAD_RESPONSE: 'Check that Token URL is the token endpoint, letter by letter.',
	EXCHANGE_EMPTY: 'Check Token URL and, for a custom exchange, HTTP Method.',
	EXCHANGE_HTML:
		'Token URL leads to a web page. Look the address of the token endpoint up in the API documentation.',
	EXCHANGE_NOT_RENEWED:
		'Run the workflow again. If it stays, use the credential in JWT HTTP Request or HTTP Request.',
	EXCHANGE_RATE_LIMITED: 'Wait, and check that nothing else asks for tokens with this client.',
	EXCHANGE_REDIRECTED: 'Enter the final address of the token endpoint in Token URL.',
	EXCHANGE_REJECTED: 'Compare the payload, the key and the scope with what the service asks for.',
	EXCHANGE_SERVER_ERROR: 'The service has a fault of its own. Try again later.',
	EXCHANGE_SETTINGS_INVALID: 'Fill in what the exchange needs in the credential.',
	EXCHANGE_TIMEOUT: 'Try again later, and check that n8n can reach the token endpoint.',
	EXCHANGE_TOKEN_INVALID:
		'Check that Token Field names the token; if it does, the service has to issue tokens without such characters.',
	EXCHANGE_TOKEN_MISSING: 'Enter the name of the field that holds the token in Token Field.',
	EXCHANGE_TOKEN_TYPE: 'Have the service issue Bearer tokens for this client.',
	EXCHANGE_UNREACHABLE: 'Check Token URL, and that n8n may connect to this host.',
	EXPRESSION_UNRESOLVED: 'Put "=" first inside the quotes of the value: "sub": "={{ $json.user }}"',
	FIELD_INVALID: 'Correct the value. If it is an expression, look at what it gives for this item.',
	HEADER_NAME_INVALID: 'Use letters, digits and hyphens only, for example X-Api-Token.',
	HEADER_PARAMETERS_INVALID: 'Enter a JSON object such as { "typ": "JWT" }.',
	ISSUED_IN_FUTURE: 'Check the clocks, or allow more seconds of Clock Tolerance under Checks.',
	ISSUER_MISMATCH: 'Check Issuer: it has to be the "iss" of the token letter by letter.',
	JSON_DUPLICATE_MEMBER: 'Keep one of the members that share the name.',
	JSON_MALFORMED:
		'Put double quotes around names and texts, as in { "iss": "n8n" }, and a comma between two members.',
	JSON_MEMBER_FORBIDDEN: 'Give the member another name.',
	JSON_NUMBER_TOO_LARGE: 'Write the number in quotes.',
	JSON_TOO_LARGE: 'Make it shorter and less deeply nested.',
	JWKS_INVALID: 'Check that the address leads to a JWK Set such as { "keys": [ … ] }.',
	JWKS_UNREACHABLE: 'Check the address and whether this n8n may reach it.',
	KEY_ALGORITHM_MISMATCH: 'Choose the algorithm the JWK was made for, or paste another key.',
	KEY_AMBIGUOUS: 'Paste one key only.',
	KEY_ARMOR_MISMATCH:
		'Paste the key again, from its -----BEGIN line to the -----END line of the same kind.',
	KEY_ENCRYPTED_UNSUPPORTED: 'Convert the key to PKCS#8 with openssl pkcs8 -topk8.',
	KEY_IS_CERTIFICATE: 'Paste the private key that belongs to the certificate.',
	KEY_IS_CSR: 'Paste the private key the certificate signing request was made with.',
	KEY_IS_PATH: 'Open the file and paste its content; files are not read.',
	KEY_IS_PRIVATE: 'Paste the public key; a private key does not belong in a workflow.',
	KEY_IS_PUBLIC: 'Paste the private key; a public key can only verify.',
	KEY_IS_TOKEN:
		'Paste the key that signs tokens; a finished token belongs in a JWT Existing Token API credential.',
	KEY_JSON_UNKNOWN:
		'Paste a JWK, a JWK Set, the key file as it was downloaded, or only the key out of it.',
	KEY_JUST_MADE:
		'Hand its public half to the service first: JWT Sign, operation Get Public Key. Then try again.',
	KEY_KEYSTORE: 'Take the key out of it with: openssl pkcs12 -in your-file.p12 -nocerts -nodes',
	KEY_MALFORMED:
		'Paste the whole key, with its -----BEGIN ...----- and -----END ...----- lines, or a JWK.',
	KEY_MISSING: 'Fill in the key in the credential.',
	KEY_NOT_FOUND: 'Check that the token comes from this issuer and that the key is the current one.',
	KEY_NOT_IN_SET: 'Paste the private JWK that goes with the algorithm.',
	KEY_NOT_MADE:
		'Use the credential in JWT Sign, operation Get Public Key: that makes the key pair.',
	KEY_OPENSSH:
		'Paste a copy without passphrase, and delete it then: cp your-key-file copy && ssh-keygen -p -N "" -f copy',
	KEY_PASSPHRASE: 'Enter the passphrase in Key Passphrase.',
	KEY_PGP: 'Paste a PEM private key or a JWK; PGP keys do not sign JWTs.',
	KEY_PUTTY:
		'Load it in PuTTYgen, empty both passphrase fields, choose Conversions > Export OpenSSH key and paste that.',
	KEY_TOO_LONG: 'Paste the key alone, without the rest of the file.',
	KEY_TOO_SHORT: 'Use a longer key.',
	KEY_TRUNCATED: 'Paste the key again, all lines of it from -----BEGIN to -----END.',
	KEY_UNSUPPORTED: 'Make an RSA, EC (P-256, P-384, P-521) or Ed25519 key for JWTs.',
	KEY_WRONG_CURVE: 'Choose the algorithm that goes with the curve of the key.',
	KEY_WRONG_TYPE: 'Choose the algorithm that goes with the key, or paste another key.',
	METHOD_WITHOUT_BODY: 'Choose POST, or take the body out.',
	PAGINATION_INVALID: 'Check the fields under Options > Pagination.',
	PAGINATION_LIMIT:
		'Turn Limit Pages Fetched on under Options > Pagination and enter a higher number.',
	PAGINATION_LOOP: 'Check the parameter and when Pagination is complete.',
	PAYLOAD_EMPTY: 'Put at least one claim in the payload.',
	PAYLOAD_NOT_OBJECT: 'The payload has to be a JSON object such as { "sub": "user-1" }.',
	PLACEMENT_INVALID: 'Choose Header or Query Parameter and give it a name.',
	PROOF_INVALID:
		'The sender has to make a new proof for each request, with the key its token is bound to. Behind a proxy, check that n8n knows its public address (WEBHOOK_URL).',
	PROXY_INVALID: 'Enter the address of the proxy, such as http://proxy.example.com:3128.',
	REDIRECT_BODY_REFUSED:
		'Enter the new address in URL, or list its host under Specific Domains in the credential.',
	REDIRECT_INVALID:
		'Ask the API where it moved to, or switch Follow Redirects off under Options > Redirects.',
	REDIRECT_LIMIT:
		'Raise Max Redirects under Options > Redirects, or enter the final address in URL.',
	REQUEST_BINDING_INVALID: 'Correct the row in Request Binding.',
	REQUEST_BODY_INVALID: 'Check the body, or choose another Body Content Type.',
	REQUEST_BODY_UNBINDABLE: 'Send the body as JSON, form fields or text, or remove the body hash.',
	RESPONSE_CHARSET_UNKNOWN:
		'Set Response Format under Options > Response to File to get the body as it is.',
	RESPONSE_FIELD_MISSING: 'Correct Field Containing Data, or leave it empty.',
	RESPONSE_INCOMPLETE: 'Try again; Retry under Options can do so by itself.',
	RESPONSE_TIMEOUT: 'Raise Timeout under Options, or check whether the API is up.',
	RESPONSE_TOO_LARGE:
		'Set Response Format under Options > Response to File, or ask the API for less.',
	SCOPE_MISSING: 'Ask the issuer for a token with the scopes in Required Scopes.',
	SECRET_ENCODING: 'Choose the Secret Encoding in which the service handed out the secret.',
	SECRET_IS_KEY: 'Choose an RS, PS, ES or EdDSA algorithm for a private key.',
	SIGNATURE_INVALID:
		'Check that the key or the secret is the one the token was signed with, and for a secret how it is encoded.',
	SUBJECT_MISMATCH: 'Check Subject: it has to be the "sub" of the token.',
	TEST_URL_FAILED:
		'The service did issue a token. Compare Test URL, Scope and Add Token To with what the API asks for.',
	TOKEN_ENCRYPTED: 'Only signed tokens (JWS, three parts) can be read.',
	TOKEN_EXPIRED: 'Get a new token from its issuer and put it in the credential.',
	TOKEN_MALFORMED: 'Paste the whole token: three parts joined by dots, beginning with "eyJ".',
	TOKEN_MISSING: 'Fill in the token.',
	TOKEN_NESTED: 'Verify the outer token elsewhere first; nested tokens are not taken apart.',
	TOKEN_NOT_YET_VALID: 'Wait until then, or check the clock of this machine.',
	TOKEN_REPEATED: 'Send the token once.',
	TOKEN_TOO_LARGE:
		'Check that the field holds a token and nothing else, or raise Maximum Size under Options.',
	TOKEN_TOO_OLD: 'Get a new token from its issuer, or raise Maximum Age under Checks.',
	TOKEN_URL_INSECURE: 'Use an https:// address.',
	TYPE_MISMATCH: 'Check Type: it has to be the "typ" in the header of the token.',
	URL_INVALID: 'Enter a whole address such as https://api.example.com/v1/items.',
} as const;

/** Stable code of a {@link JwtAuthError}. */
export type JwtAuthErrorCode = keyof typeof ERROR_HINTS;

/** What may accompany a {@link JwtAuthError} beside its code and message. */
export interface JwtAuthErrorOptions {
	/** What the person can do about it. Default: the code's entry in {@link ERROR_HINTS}. */
	hint?: string;
}

/**
 * The only error `core` throws on purpose. Neither message nor hint ever holds a key, a secret, a
 * passphrase or a whole token, and no `cause` is kept, since the original error may quote its input.
 */
export class JwtAuthError extends Error {
	readonly code: JwtAuthErrorCode;

	readonly hint: string;

	/**
	 * @param code stable code, documented in docs/errors.md
	 * @param message what is wrong, in the person's words, one sentence with its period
	 * @param options hint other than the code's own
	 */
	constructor(code: JwtAuthErrorCode, message: string, options: JwtAuthErrorOptions = {}) {
		super(message);
		this.name = 'JwtAuthError';
		this.code = code;
		this.hint = options.hint ?? ERROR_HINTS[code];
	}
}
