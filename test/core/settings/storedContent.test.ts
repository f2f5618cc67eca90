import fc from 'fast-check';
import { MAXIMUM_JSON_DEPTH } from '../../../core/shared/strictJson';
import { computedClaims, readStored, storedName } from '../../../core/settings/storedContent';

describe('what is stored in a field', () => {
	it('is what n8n handed over as JSON under a name of its own', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const data = { payload: '{}', [storedName('payload')]: JSON.stringify(value) };
				expect(JSON.stringify(readStored(data, 'payload'))).toBe(JSON.stringify(value));
				expect(readStored(data, 'keyId')).toBeUndefined();
			}),
		);
	});

	it('is not known where n8n hands over nothing that can be read', () => {
		for (const odd of [undefined, null, '', '{', 5, true, { sub: 'x' }]) {
			expect(readStored({ payloadStored: odd }, 'payload')).toBeUndefined();
		}
	});
});

describe('the claims that expressions are to give', () => {
	const of = (payload: unknown) => computedClaims({ payloadStored: JSON.stringify(payload) });

	it('are those of the stored payload, at any depth, that begin with "="', () => {
		expect(of({ sub: '={{ $json.user }}', aud: 'api', iss: 5, scope: ' ={{ 1 }}' })).toEqual([
			'sub',
		]);
		expect(of({ list: [{ act: { sub: '={{ 1 }}' } }] })).toEqual(['sub']);
		expect(of({ role: '={{ 1 }}' })).toEqual([]);
	});

	it('are none where the payload is no JSON, an expression as a whole or empty', () => {
		expect(of('{ "sub": "={{ 1 }}" ')).toEqual([]);
		expect(computedClaims({ payload: '{ "sub": "={{ 1 }}" }' })).toEqual([]);
		expect(of(undefined)).toEqual([]);
	});

	it('are not looked for deeper than JSON may go', () => {
		const deep = (levels: number): unknown =>
			levels === 0 ? { sub: '={{ 1 }}' } : { a: deep(levels - 1) };
		expect(of(deep(MAXIMUM_JSON_DEPTH))).toEqual(['sub']);
		expect(of(deep(MAXIMUM_JSON_DEPTH + 1))).toEqual([]);
	});
});
