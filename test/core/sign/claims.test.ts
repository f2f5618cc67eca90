import fc from 'fast-check';
import {
	buildClaims,
	type BuildClaimsOptions,
	type ClaimsSettings,
	parsePayload,
	withMilliseconds,
} from '../../../core/sign/claims';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

const NOW = 1_750_000_000;
const defaults: ClaimsSettings = {
	payload: '{"sub":"user-1"}',
	autoTimeClaims: false,
	expiresIn: '1h',
	backdateIat: 0,
	addNbf: false,
	nbfOffset: 0,
	addJti: false,
};
const build = (settings: Partial<ClaimsSettings>, options: Partial<BuildClaimsOptions> = {}) =>
	buildClaims({ ...defaults, ...settings }, { now: NOW, ...options });

describe('buildClaims: precedence', () => {
	it('lets the payload win over generated claims', () => {
		const payload = { iat: NOW - 10, exp: NOW + 20, nbf: NOW, jti: 'mine' };
		expect(build({ payload, autoTimeClaims: true, addNbf: true, addJti: true })).toEqual(payload);
	});

	it('lets the claims of the item win over the payload', () => {
		expect(
			build({ payload: { sub: 'a', role: 'x' } }, { itemClaims: { sub: 'b', extra: [1] } }),
		).toEqual({ sub: 'b', role: 'x', extra: [1] });
	});

	it('lets claims bound to the request win over all', () => {
		expect(build({ payload: { uri: 'forged' } }, { boundClaims: { uri: '/v1' } })).toEqual({
			uri: '/v1',
		});
	});

	it('does not fall back to the payload when the item gives an empty claim', () => {
		expect(build({ payload: { sub: 'admin', a: 1 } }, { itemClaims: { sub: '' } })).toEqual({
			a: 1,
		});
	});
});

describe('buildClaims: generated claims', () => {
	it('generates iat and exp', () => {
		expect(build({ autoTimeClaims: true, expiresIn: '10m', backdateIat: 60 })).toEqual({
			sub: 'user-1',
			iat: NOW - 60,
			exp: NOW - 60 + 600,
		});
	});

	it('counts exp and nbf from an iat of the payload', () => {
		const payload = { sub: 'a', iat: NOW - 100 };
		const settings = { payload, autoTimeClaims: true, addNbf: true, nbfOffset: -5 };
		expect(build(settings)).toMatchObject({ iat: NOW - 100, exp: NOW + 3500, nbf: NOW - 105 });
	});

	it('makes the claims of Kling', () => {
		const payload = { iss: 'access-key', iat: null };
		const settings = { autoTimeClaims: true, expiresIn: 1800, addNbf: true, nbfOffset: -5 };
		expect(build({ payload, ...settings })).toEqual({
			iss: 'access-key',
			exp: NOW + 1800,
			nbf: NOW - 5,
		});
	});

	it('leaves out what the payload or the item sets to null (APNs, The Brief)', () => {
		const settings = { autoTimeClaims: true, addNbf: true, addJti: true };
		const payload = { iss: 'TEAM', exp: null, nbf: null };
		expect(build({ payload, ...settings }, { itemClaims: { jti: null } })).toEqual({
			iss: 'TEAM',
			iat: NOW,
		});
	});

	it('makes a new jti for every token', () => {
		const [first, second] = [build({ addJti: true }), build({ addJti: true })];
		expect(first.jti).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
		expect(second.jti).not.toBe(first.jti);
		expect(build({ addJti: true }, { newJti: () => 'j' }).jti).toBe('j');
	});

	it('reads Expires In only when it is needed', () => {
		expectCode('DURATION_INVALID', () => build({ autoTimeClaims: true, expiresIn: 'soon' }));
		expect(build({ expiresIn: 'soon' })).toEqual({ sub: 'user-1' });
	});
});

describe('buildClaims: types', () => {
	it('leaves out the empty claims of the default payload, and only those', () => {
		const payload = '{ "iss": "", "sub": "", "scope": "", "aud": "", "name": "" }';
		expect(build({ payload })).toEqual({ name: '' });
	});

	it.each([
		['1750000000', 1_750_000_000],
		[' 1750000000 ', 1_750_000_000],
		[1_750_000_000.978, 1_750_000_000],
		['1750000000.978', 1_750_000_000],
		[new Date('2025-06-15T12:00:00.900Z'), 1_749_988_800],
		['2025-06-15', 1_749_945_600],
		['2025-06-15T12:00:00Z', 1_749_988_800],
		['2025-06-15T14:00:00.900+02:00', 1_749_988_800],
		['2025-06-15 12:00Z', 1_749_988_800],
	])('reads %j as a NumericDate', (value, seconds) => {
		expect(build({ payload: { exp: value, a: 1 } }).exp).toBe(seconds);
	});

	it.each([
		[1_750_000_000_000, 'is in milliseconds'],
		['1750000000000', 'is in milliseconds'],
		['tomorrow', 'is a text that is neither a number of seconds nor an ISO 8601 date'],
		['', 'is a text that is neither a number of seconds nor an ISO 8601 date'],
		['2025-06-15T12:00:00', 'is a time without a time zone'],
		['2025-02-30', 'is not a date that exists'],
		['2025-13-01T00:00:00Z', 'is not a date that exists'],
		[-5, 'is not a number of seconds since 1970'],
		[true, 'is not a number of seconds since 1970'],
		[[1], 'is not a number of seconds since 1970'],
	])('refuses %j as a NumericDate', (value, what) => {
		const { message } = expectCode('CLAIM_INVALID', () => build({ payload: { nbf: value } }));
		expect(message).toBe(`The claim nbf ${what}.`);
	});

	it('says how to write milliseconds as whole seconds', () => {
		const { hint } = expectCode('CLAIM_INVALID', () => build({ payload: { exp: NOW * 1000 } }));
		expect(hint).toContain('={{ $now.toUnixInteger() }}');
	});

	it.each([
		[{ exp: NOW, iat: NOW }, 'iat'],
		[{ exp: NOW, nbf: NOW + 1 }, 'nbf'],
	])('refuses a token that is never valid: %j', (payload, start) => {
		const { message, hint } = expectCode('CLAIM_INVALID', () => build({ payload }));
		expect(message).toContain(`is not after ${start}`);
		expect(hint).toContain('Remove exp from the payload to have it generated');
	});

	it.each([{ exp: NOW }, { iat: NOW }, { nbf: NOW, iat: NOW - 1 }])(
		'takes times that stand alone: %j',
		(payload) => {
			expect(build({ payload })).toEqual(payload);
		},
	);

	it('names Expires In, the payload and the claims of the item where they are no good', () => {
		const message = (code: 'DURATION_INVALID' | 'PAYLOAD_NOT_OBJECT', run: () => unknown) =>
			expectCode(code, run).message;
		expect(
			message('DURATION_INVALID', () => build({ autoTimeClaims: true, expiresIn: 'soon' })),
		).toContain('Expires In');
		expect(message('PAYLOAD_NOT_OBJECT', () => build({ payload: '[]' }))).toContain('payload');
		expect(message('PAYLOAD_NOT_OBJECT', () => parsePayload('[]'))).toContain('payload');
		const itemClaims = [] as unknown as Record<string, unknown>;
		expect(message('PAYLOAD_NOT_OBJECT', () => build({}, { itemClaims }))).toContain(
			'claims of the item',
		);
	});

	it.each(['iss', 'sub', 'jti'])(
		'writes a whole number in %s as text, refuses the rest',
		(claim) => {
			expect(build({ payload: { [claim]: 123_456, a: 1 } })[claim]).toBe('123456');
			for (const value of [1.5, true, {}, ['a']]) {
				expectCode('CLAIM_INVALID', () => build({ payload: { [claim]: value } }));
			}
		},
	);

	it('takes aud as one text or a list of texts', () => {
		expect(build({ payload: { aud: '/admin/' } }).aud).toBe('/admin/');
		expect(build({ payload: { aud: ['a', 7] } }).aud).toEqual(['a', '7']);
		for (const aud of [[], [''], [null], {}, null, [['a']]]) {
			expectCode('CLAIM_INVALID', () => build({ payload: { aud } }));
		}
	});

	it('never quotes the value of a claim', () => {
		const { message, hint } = expectCode('CLAIM_INVALID', () =>
			build({ payload: { exp: 'top-secret-value' } }),
		);
		expect(message + hint).not.toContain('top-secret');
	});

	it.each(['', '{}', '{"iss":"","sub":"","scope":"","aud":""}', '{"exp":null}', {}, undefined])(
		'refuses the empty payload %j',
		(payload) => {
			const settings = { payload, autoTimeClaims: true, addJti: true };
			const { message } = expectCode('PAYLOAD_EMPTY', () =>
				build(settings, { boundClaims: { uri: '/' } }),
			);
			expect(message).toBe('The payload has no claims.');
		},
	);

	it('accepts an empty payload when the item has claims', () => {
		expect(build({ payload: '{}' }, { itemClaims: { sub: 'a' } })).toEqual({ sub: 'a' });
	});
});

describe('times in milliseconds', () => {
	it('are those of iat, exp and nbf, as far as they are there', () => {
		const claims = { iat: 1.5, exp: 2.0004, nbf: undefined, other: 3, sub: 'a' };
		expect(withMilliseconds(claims)).toEqual({ ...claims, iat: 1500, exp: 2000 });
	});
});

describe('buildClaims: data of an item stays in its claim', () => {
	const hostile = '", "admin": true, "x": "\\"}}{{ $json }}{"__proto__":{"admin":true}}';

	it.each(['sub', 'name'])('in %s', (claim) => {
		const claims = build({ payload: { [claim]: hostile, role: 'user' } });
		expect(claims).toEqual({ [claim]: hostile, role: 'user' });
		expect(JSON.parse(JSON.stringify(claims))).toEqual(claims);
	});

	it('refuses claims that substituted text adds a second time', () => {
		const user = 'a","role":"admin';
		const payload = `{"sub":"${user}","role":"user"}`;
		expectCode('JSON_DUPLICATE_MEMBER', () => build({ payload }));
	});
});

describe('buildClaims: properties', () => {
	const member = fc.oneof(
		fc.constantFrom('iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'scope', '__proto__'),
		fc.string(),
	);
	const value = fc.oneof(
		fc.jsonValue({ maxDepth: 2 }),
		fc.integer({ min: 0, max: 2_000_000_000 }),
		fc.date().map((date) => (Number.isNaN(date.getTime()) ? '' : date.toISOString())),
	);
	const payload = fc.oneof(fc.string(), fc.dictionary(member, value), fc.json(), fc.anything());

	it('gives claims in the right types or a JwtAuthError', () => {
		fc.assert(
			fc.property(payload, fc.dictionary(member, value), fc.boolean(), (given, item, auto) => {
				const claims = onlyJwtAuthErrors(() =>
					build({ payload: given, autoTimeClaims: auto, addJti: auto }, { itemClaims: item }),
				);
				expect(Object.keys(Object.prototype)).toEqual([]);
				if (!claims) return;
				expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
				for (const name of ['iat', 'exp', 'nbf']) {
					expect(['number', 'undefined']).toContain(typeof claims[name]);
				}
				for (const name of ['iss', 'sub', 'jti']) {
					expect(['string', 'undefined']).toContain(typeof claims[name]);
				}
				expect(JSON.parse(JSON.stringify(claims))).toEqual(claims);
			}),
			{ numRuns: 10_000 },
		);
	});

	it('keeps any text inside its claim', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				fc.pre(!text.includes('{publicKeyFingerprint}'));
				expect(build({ payload: { name: text, role: 'user' } })).toEqual({
					name: text,
					role: 'user',
				});
			}),
			{ numRuns: 10_000 },
		);
	});
});
