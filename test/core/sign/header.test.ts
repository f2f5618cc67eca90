import fc from 'fast-check';
import { buildHeader } from '../../../core/sign/header';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

describe('buildHeader', () => {
	it('has alg and typ by default', () => {
		expect(buildHeader({ algorithm: 'RS256', keyId: ' ', headerParameters: '{}' })).toEqual({
			alg: 'RS256',
			typ: 'JWT',
		});
	});

	it('keeps a stable order: alg, typ, kid, certificate, parameters, bindings', () => {
		const header = buildHeader({
			algorithm: 'ES256',
			keyId: 'key-1',
			certificate: { x5t: 'a', 'x5t#S256': 'b' },
			headerParameters: '{"cty":"x","typ":"at+jwt"}',
			itemHeaderParameters: { own: 1 },
			bindings: { nonce: '00' },
		});
		expect(JSON.stringify(header)).toBe(
			'{"alg":"ES256","typ":"at+jwt","kid":"key-1","x5t":"a","x5t#S256":"b","cty":"x","own":1,"nonce":"00"}',
		);
	});

	it('lets the later source win', () => {
		const header = buildHeader({
			algorithm: 'ES256',
			keyId: 'a',
			headerParameters: { kid: 'b', n: 1 },
			itemHeaderParameters: '{"n":2,"m":2}',
			bindings: { m: 3 },
		});
		expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'b', n: 2, m: 3 });
	});

	it('takes a parameter out with null', () => {
		expect(
			buildHeader({ algorithm: 'ES256', keyId: 'a', headerParameters: '{"typ":null}' }),
		).toEqual({ alg: 'ES256', kid: 'a' });
	});

	it('tolerates the algorithm that is used anyway', () => {
		expect(buildHeader({ algorithm: 'ES256', headerParameters: { alg: 'ES256' } }).alg).toBe(
			'ES256',
		);
	});

	it.each([
		'{"alg":"none"}',
		'{"alg":null}',
		'{"crit":["exp"]}',
		'{"b64":false}',
		'{"typ":1}',
		'{"kid":{}}',
		'[]',
		'"JWT"',
	])('refuses %s from every source', (parameters) => {
		const algorithm = 'ES256';
		const refused = (settings: object) =>
			expectCode('HEADER_PARAMETERS_INVALID', () => buildHeader({ algorithm, ...settings }));
		refused({ headerParameters: parameters });
		refused({ itemHeaderParameters: parameters });
		const bindings: unknown = JSON.parse(parameters);
		if (typeof bindings === 'object' && !Array.isArray(bindings)) refused({ bindings });
	});

	it.each([
		['{"alg":"none"}', 'alg cannot be set by hand', 'Choose it in Algorithm.'],
		['{"crit":["exp"]}', 'crit is not supported', 'Take it out.'],
		['{"kid":7}', 'kid is not a text', 'Write its value in quotes.'],
	])('says of %s what is wrong and what to do', (headerParameters, what, hint) => {
		const error = expectCode('HEADER_PARAMETERS_INVALID', () =>
			buildHeader({ algorithm: 'ES256', headerParameters }),
		);
		expect(error).toMatchObject({ message: `The header parameter ${what}.`, hint });
	});

	it('says which header parameters are no object', () => {
		const refusal = (settings: object) =>
			expectCode('HEADER_PARAMETERS_INVALID', () =>
				buildHeader({ algorithm: 'ES256', ...settings }),
			);
		expect(refusal({ headerParameters: '[]' }).message).toContain('Header Parameters');
		expect(refusal({ itemHeaderParameters: '[]' }).message).toContain('of the item');
	});

	it('never lets alg be changed and throws nothing but JwtAuthError', () => {
		const name = fc.oneof(fc.constantFrom('alg', 'crit', 'typ', 'kid', '__proto__'), fc.string());
		const parameters = fc.oneof(
			fc.string(),
			fc.json(),
			fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })),
			fc.anything(),
		);
		fc.assert(
			fc.property(parameters, parameters, (headerParameters, itemHeaderParameters) => {
				const header = onlyJwtAuthErrors(() =>
					buildHeader({ algorithm: 'HS256', headerParameters, itemHeaderParameters }),
				);
				expect(Object.keys(Object.prototype)).toEqual([]);
				if (!header) return;
				expect(header.alg).toBe('HS256');
				expect(Object.getPrototypeOf(header)).toBe(Object.prototype);
			}),
			{ numRuns: 10_000 },
		);
	});
});
