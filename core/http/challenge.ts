/**
 * What a `WWW-Authenticate` header says beyond the body of its answer: its `error_description`
 * (RFC 6750 §3) is left out where the body has it too.
 *
 * @param challenge the header, RFC 9110 §11.6.1; '' for none
 * @param body text of the answer
 */
export function challengeBeside(challenge: string, body: string): string {
	const found = /,? ?error_description="((?:[^"\\]|\\.)*)"/.exec(challenge);
	// Quotes are written in other ways in JSON.
	const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
	const description = letters(found?.[1] ?? '');
	if (!found || description === '' || !letters(body).includes(description)) return challenge;
	return challenge.replace(found[0], '');
}
