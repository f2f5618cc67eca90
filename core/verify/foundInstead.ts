import { isObject, tryJson } from '../shared/json';

/** What an address answered in place of what was wanted, in words, and what to do if that is known. */
export interface FoundInstead {
	what: string;
	hint?: string;
}

function foundJson(value: unknown): FoundInstead {
	if (Array.isArray(value)) {
		return {
			what: 'a JSON list',
			hint: 'A JWK Set is an object { "keys": [ … ] }. Ask the issuer for such an address, or paste the key under Public Key or Certificate.',
		};
	}
	if (!isObject(value)) return { what: value === null ? 'JSON null' : `a JSON ${typeof value}` };
	if (typeof value.jwks_uri === 'string') {
		return {
			what: 'the metadata of an issuer',
			hint: 'Enter its "jwks_uri" as the JWKS URL, or choose Issuer as the Key Source.',
		};
	}
	if (typeof value.kty === 'string') {
		return {
			what: 'a single JWK',
			hint: 'Paste it under Public Key or Certificate: a JWK Set is an object { "keys": [ … ] }.',
		};
	}
	if ('error' in value) return { what: 'an error message' };
	return { what: 'a JSON object without "keys"' };
}

/**
 * Says what a document is, without a word of it.
 *
 * @param text of a body that is not what was asked for
 */
export function foundInstead(text: string): FoundInstead {
	const start = text.slice(0, 1000).trimStart();
	if (start === '') return { what: 'nothing' };
	if (start.startsWith('-----BEGIN ')) {
		return {
			what: 'PEM text',
			hint: 'Choose Public Key or Certificate as the Key Source and paste that text there.',
		};
	}
	if (/^<(?:!doctype html|html|head|body|script|!--)/i.test(start)) {
		return {
			what: 'a web page (HTML)',
			hint: 'Look the address up in the documentation of the issuer; a login or a firewall may stand before it.',
		};
	}
	if (start.startsWith('<')) return { what: 'XML' };
	const value = tryJson(text);
	if (value !== undefined) return foundJson(value);
	return { what: /^[[{"]/.test(start) ? 'JSON with a fault in it' : 'text that is no JSON' };
}
