import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readItemClaims } from '../../../core/settings/readItemClaims';

/** What an expression can find where there is nothing. */
const NOTHING: unknown[] = [
	undefined,
	null,
	'',
	'  ',
	[],
	Number.NaN,
	() => 'x',
	new Date('x'),
	DateTime.fromISO('x'),
];

const LABELS = {
	audience: 'Audience',
	expiresIn: 'Expires In',
	issuer: 'Issuer',
	jwtId: 'JWT ID',
	notBefore: 'Not Before',
	subject: 'Subject',
};

function fromFields(claims: unknown) {
	return readItemClaims((name) => ({ specifyClaims: 'keypair', claims })[name]);
}

function fromJson(claimsJson: unknown) {
	return readItemClaims((name) => ({ specifyClaims: 'json', claimsJson })[name]);
}

function custom(name: unknown, value: unknown) {
	return { customClaims: { claim: [{ name, value }] } };
}

function refusal(code: string, start: string) {
	const message: unknown = expect.stringMatching(new RegExp(`^${start}`));
	return expect.objectContaining({ code, message }) as unknown as Error;
}

describe('claims of an item by fields', () => {
	it('are none where none was added', () => {
		expect(fromFields({})).toEqual({ claims: {}, expiresIn: undefined });
	});

	it('get their names of RFC 7519 and keep their types', () => {
		const fields = {
			issuer: 'me',
			subject: 42,
			audience: ['a', 'b'],
			notBefore: '2026-01-01T00:00:00Z',
			jwtId: 'id',
			expiresIn: 300,
			customClaims: {
				claim: [
					{ name: 'role', value: 'admin' },
					{ name: 'level', value: 0 },
					{ name: 'active', value: false },
					{ name: 7, value: ['x'] },
				],
			},
		};
		expect(fromFields(fields)).toEqual({
			claims: {
				iss: 'me',
				sub: 42,
				aud: ['a', 'b'],
				nbf: '2026-01-01T00:00:00Z',
				jti: 'id',
				role: 'admin',
				level: 0,
				active: false,
				7: ['x'],
			},
			expiresIn: '300',
		});
	});

	it.each([
		['a text', 'a', 'a'],
		['a list of one', ['a'], 'a'],
		['a list in a row', [['a', 'b'], 'c'], ['a', 'b', 'c']],
	])('Audience is %s', (_what, audience, aud) => {
		expect(fromFields({ audience }).claims).toEqual({ aud });
	});

	it('are an error that names the field where an expression found nothing', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...(Object.keys(LABELS) as Array<keyof typeof LABELS>)),
				fc.constantFrom(...NOTHING),
				(field, nothing) => {
					const refused = refusal('CLAIM_EMPTY', `${LABELS[field]} is empty`);
					expect(() => fromFields({ [field]: nothing })).toThrow(refused);
				},
			),
		);
	});

	it.each(NOTHING.map((nothing) => [nothing]))(
		'Audience has no place for %p in a list',
		(nothing) => {
			const refused = refusal('CLAIM_EMPTY', 'Audience is empty');
			expect(() => fromFields({ audience: ['a', nothing] })).toThrow(refused);
		},
	);

	it.each(NOTHING.map((nothing) => [nothing]))('a custom claim is not %p', (nothing) => {
		expect(() => fromFields(custom('role', nothing))).toThrow(
			refusal('CLAIM_EMPTY', 'The claim role in Custom Claims is empty'),
		);
		expect(() => fromFields(custom('role', { deep: [undefined] }))).toThrow(
			refusal('CLAIM_EMPTY', 'The claim role in Custom Claims is empty'),
		);
		expect(() => fromFields(custom(nothing, 'admin'))).toThrow(
			refusal('CLAIM_EMPTY', 'The name of a claim in Custom Claims is empty'),
		);
	});

	it.each([undefined, null, {}, { claim: [] }, { claim: 'x' }, [], 'x'])(
		'Custom Claims that were added have a row: %j',
		(customClaims) => {
			const refused = refusal('CLAIM_EMPTY', 'Custom Claims is empty');
			expect(() => fromFields({ customClaims })).toThrow(refused);
		},
	);

	it.each([{}, { a: 1 }, true, ['x', 'y']])('a name is not %j', (name) => {
		expect(() => fromFields(custom(name, 'x'))).toThrow(
			refusal('CLAIM_INVALID', 'The name of a claim in Custom Claims is not a text'),
		);
	});

	it.each(['issuer', 'subject', 'jwtId', 'audience'] as const)('%s is not an object', (field) => {
		expect(() => fromFields({ [field]: { a: 1 } })).toThrow(
			refusal('CLAIM_INVALID', `${LABELS[field]} is not a text`),
		);
	});

	it('a claim named __proto__ stays a claim, for others to refuse', () => {
		expect(Object.keys(fromFields(custom('__proto__', 'x')).claims)).toEqual(['__proto__']);
	});

	it('may have a life of their own, as text or number', () => {
		expect(fromFields({ expiresIn: '5m' }).expiresIn).toBe('5m');
		expect(fromFields({ expiresIn: 60 }).expiresIn).toBe('60');
		for (const expiresIn of [{ a: 1 }, ['5m'], true]) {
			const refused = refusal('DURATION_INVALID', 'Expires In is not a duration');
			expect(() => fromFields({ expiresIn })).toThrow(refused);
		}
	});

	it('say what a text may be', () => {
		expect(() => fromFields({ issuer: { a: 1 } })).toThrow(
			expect.objectContaining({ hint: 'Have its expression give a text or a number.' }),
		);
	});

	it('say how to leave the claim out', () => {
		expect(() => fromFields({ subject: '' })).toThrow(
			expect.objectContaining({ hint: expect.stringContaining('take it out of Claims') }),
		);
	});
});

describe('claims of an item by JSON', () => {
	it.each(['{}', {}])('may be none: %j', (json) => {
		expect(fromJson(json)).toEqual({ claims: {}, expiresIn: undefined });
	});

	it('keep null where it is written, which leaves a claim out', () => {
		expect(fromJson('{ "exp": null, "role": null }').claims).toEqual({ exp: null, role: null });
		expect(fromJson({ jti: null, note: '' }).claims).toEqual({ jti: null, note: '' });
	});

	it('are those of the text or the object', () => {
		const claims = { iss: 'me', sub: 'you', scope: 'read', aud: 'api' };
		expect(fromJson(claims).claims).toEqual(claims);
		expect(fromJson(JSON.stringify(claims)).claims).toEqual(claims);
	});

	it.each([undefined, null, '', ' '])('are an error where the whole of it is %p', (json) => {
		expect(() => fromJson(json)).toThrow(refusal('CLAIM_EMPTY', 'Claims \\(JSON\\) is empty'));
		expect(() => fromJson(json)).toThrow(
			expect.objectContaining({ hint: expect.stringContaining('Write {} for no claims') }),
		);
	});

	it.each([undefined, Number.NaN, new Date('x'), [undefined], { deep: undefined }])(
		'are an error where a member is %p',
		(member) => {
			expect(() => fromJson({ sub: member })).toThrow(
				refusal('CLAIM_EMPTY', 'The claim sub in Claims \\(JSON\\) is empty'),
			);
		},
	);

	it.each(['iss', 'sub', 'scope', 'aud'])('do not drop an empty %s in silence', (name) => {
		for (const json of [{ [name]: '' }, `{ "${name}": " " }`]) {
			expect(() => fromJson(json)).toThrow(
				refusal('CLAIM_EMPTY', `The claim ${name} in Claims \\(JSON\\) is empty`),
			);
		}
	});

	it.each([['[]'], ['5'], [[]], [true]])('are an object, not %j', (json) => {
		expect(() => fromJson(json)).toThrow(expect.objectContaining({ code: 'PAYLOAD_NOT_OBJECT' }));
	});
});

it.each([undefined, null, '', 'JSON', true])('Specify Claims is not %p', (specifyClaims) => {
	expect(() => readItemClaims((name) => ({ specifyClaims, claims: {} })[name])).toThrow(
		refusal('CLAIM_INVALID', 'Specify Claims is neither'),
	);
	expect(() => readItemClaims((name) => ({ specifyClaims, claims: {} })[name])).toThrow(
		expect.objectContaining({ hint: expect.stringContaining('has to give keypair or json') }),
	);
});
