import fc from 'fast-check';
import { foundInstead } from '../../../core/verify/foundInstead';

it.each([
	['', 'nothing'],
	['<html><body>Sign in', 'a web page (HTML)'],
	['<?xml version="1.0"?>', 'XML'],
	['-----BEGIN CERTIFICATE-----', 'PEM text'],
	['[{"kty":"EC"}]', 'a JSON list'],
	['{"jwks_uri":"https://x"}', 'the metadata of an issuer'],
	['{"kty":"EC"}', 'a single JWK'],
	['{"error":"denied"}', 'an error message'],
	['{"a":1}', 'a JSON object without "keys"'],
	['null', 'JSON null'],
	['5', 'a JSON number'],
	['{"keys":', 'JSON with a fault in it'],
	['Not found', 'text that is no JSON'],
	['\n\t <html>', 'a web page (HTML)'],
	['Moved to <html>', 'text that is no JSON'],
	['Not found: {"a":1}', 'text that is no JSON'],
])('%j is %s', (text, what) => {
	expect(foundInstead(text).what).toBe(what);
});

it('says no word of the document', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			const { what, hint } = foundInstead(`${text}canary`);
			expect(`${what}${String(hint)}`).not.toContain('canary');
		}),
	);
});
