import { generateKeyPairSync } from 'node:crypto';
import { publicJwkSet } from '../../../core/keys/publicJwks';
import { secretValues } from '../../../core/settings/secretFields';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { readSigningSettings } from '../../../core/settings/readCredential';
import {
	algorithmOf,
	keptKeys,
	keysBesideTurn,
	newestKeyFrom,
	newestKeyNumber,
	readKeyTurn,
	withKeyInTurn,
	withNewestKey,
} from '../../../core/settings/readKeyTurn';
import { mintToken } from '../../../core/sign/mintToken';
import type { JwtAuthErrorCode } from '../../../core/errors';
import { expectCode } from '../support/expectCode';

const BEFORE = new Date('2026-12-01T00:00Z');
const DATE = '2026-12-02T00:00Z';
const AFTER = new Date('2026-12-03T00:00Z');
const LONG_AFTER = new Date('2026-12-20T00:00Z');

function madeKey(day: string): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const der = privateKey.export({ format: 'der', type: 'pkcs8' });
	return `n8n-key-1.${Date.parse(day)}.${der.toString('base64url')}`;
}

const KEYS = {
	generatedPrivateKey: madeKey('2026-01-01'),
	generatedPrivateKey2: madeKey('2026-11-01'),
};

const rotating = (more: CredentialData = {}): CredentialData => ({
	algorithm: 'ES256',
	keySource: 'generate',
	payload: '{"iss":"x"}',
	newestKey: '2',
	newestKeyFrom: DATE,
	...KEYS,
	...more,
});

/** `kid` of the tokens at a moment, and of the keys that are published. */
async function kids(data: CredentialData, now: Date) {
	const settings = readSigningSettings(withKeyInTurn(data, now));
	const { header } = await mintToken(settings, { now });
	const { keys } = await publicJwkSet(settings, [], keysBesideTurn(data, now));
	return { token: header.kid, published: keys.map(({ kid }) => kid) };
}

/** Thumbprints of the two keys, as the settings of a credential with one key give them. */
async function thumbprintOf(key: string): Promise<string> {
	const one = { algorithm: 'ES256', keySource: 'generate', generatedPrivateKey: key };
	return String((await publicJwkSet(readSigningSettings(one))).keys[0]?.kid);
}

it('the key that signs is always published, and each change is published before and after', async () => {
	const first = await thumbprintOf(KEYS.generatedPrivateKey);
	const second = await thumbprintOf(KEYS.generatedPrivateKey2);
	const data = rotating();
	expect(await kids(data, BEFORE)).toEqual({ token: first, published: [first, second] });
	expect(await kids(data, AFTER)).toEqual({ token: second, published: [second, first] });
	expect(await kids(data, LONG_AFTER)).toEqual({ token: second, published: [second] });
	const longer = rotating({ publishOldKeyFor: '30d' });
	expect((await kids(longer, LONG_AFTER)).published).toEqual([second, first]);
});

it('each key has the Key ID that the form gives it', async () => {
	const named = rotating({ keyId: 'one', newestKeyId: 'two' });
	expect(await kids(named, BEFORE)).toEqual({ token: 'one', published: ['one', 'two'] });
	expect(await kids(named, AFTER)).toEqual({ token: 'two', published: ['two', 'one'] });
	const second = await thumbprintOf(KEYS.generatedPrivateKey2);
	expect((await kids(rotating({ keyId: 'one' }), AFTER)).token).toBe(second);
});

it('two keys of one Key ID are refused', async () => {
	const named = rotating({ keyId: 'one', newestKeyId: 'one' });
	await expect(kids(named, BEFORE)).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'In Key ID of the Newest Key: another key has the same Key ID.',
	});
	await expect(kids(named, AFTER)).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'In Key ID: another key has the same Key ID.',
	});
});

it('blanks around a Key ID do not count', async () => {
	const named = rotating({ keyId: ' one ', newestKeyId: ' two ' });
	expect(await kids(named, BEFORE)).toEqual({ token: 'one', published: ['one', 'two'] });
});

it('without a date the newest key waits, published already', async () => {
	const first = await thumbprintOf(KEYS.generatedPrivateKey);
	const second = await thumbprintOf(KEYS.generatedPrivateKey2);
	const undated = rotating();
	delete undated.newestKeyFrom;
	for (const data of [undated, rotating({ newestKeyFrom: '' }), rotating({ newestKeyFrom: ' ' })]) {
		expect(await kids(data, LONG_AFTER)).toEqual({ token: first, published: [first, second] });
		expect(newestKeyFrom(data)).toBeUndefined();
	}
});

it('as long as the newest key has not been made, the one before it signs', () => {
	const data = rotating({ newestKey: '3', generatedPrivateKey3: '' });
	expect(keptKeys(data).map(({ number }) => number)).toEqual([1, 2]);
	expect(withKeyInTurn(data, AFTER).generatedPrivateKey).toBe(KEYS.generatedPrivateKey2);
	expect(withNewestKey(data).generatedPrivateKey).toBe(KEYS.generatedPrivateKey2);
	expect(keysBesideTurn(data, AFTER)).toEqual([]);
});

it('without any key nothing is signed', () => {
	const data = rotating({ generatedPrivateKey: '', generatedPrivateKey2: '' });
	for (const read of [withKeyInTurn(data, AFTER), withNewestKey(data)]) {
		expectCode('KEY_NOT_MADE', () => readSigningSettings(read));
	}
});

it('of three keys the third is the newest', () => {
	const third = madeKey('2026-11-15');
	const data = rotating({ newestKey: '3', generatedPrivateKey3: third });
	expect(withNewestKey(data).generatedPrivateKey).toBe(third);
	expect(withKeyInTurn(data, BEFORE).generatedPrivateKey).toBe(KEYS.generatedPrivateKey2);
	expect(withKeyInTurn(data, AFTER).generatedPrivateKey).toBe(third);
});

it('the algorithm is RS256 where none was chosen', () => {
	expect(algorithmOf({}).name).toBe('RS256');
	expect(expectCode('FIELD_INVALID', () => algorithmOf({ algorithm: null })).message).toMatch(
		/^Algorithm is /,
	);
});

it('a date without an offset is one of the time zone of n8n', () => {
	const data = rotating({ newestKeyFrom: '2026-12-02T00:00:00' });
	const moment = new Date('2026-12-01T23:30Z');
	expect(readKeyTurn(data, moment).current?.number).toBe(1);
	expect(readKeyTurn(data, moment, 'Europe/Berlin').current?.number).toBe(2);
	expect(newestKeyFrom(data, 'Europe/Berlin')).toBe(Date.parse('2026-12-01T23:00Z'));
});

it('what is read twice is as what is read once', () => {
	const once = withKeyInTurn(rotating(), AFTER);
	expect(withKeyInTurn(once, BEFORE)).toBe(once);
	expect(withNewestKey(rotating()).generatedPrivateKey).toBe(KEYS.generatedPrivateKey2);
});

it('a credential with one key, or a pasted one, is left as it is', () => {
	const others = [
		rotating({ newestKey: '1', newestKeyFrom: 'rubbish' }),
		rotating({ keySource: 'paste', newestKeyFrom: 'rubbish' }),
		{ algorithm: 'HS256', secret: 'x', newestKey: '2' },
	];
	for (const data of others) {
		expect(withKeyInTurn(data, AFTER)).toBe(data);
		expect(withNewestKey(data)).toBe(data);
		expect(keysBesideTurn(data, AFTER)).toEqual([]);
		expect(newestKeyFrom(data)).toBeUndefined();
	}
	expect(newestKeyNumber({})).toBe(1);
});

it('keys newer than the newest are kept and not used', () => {
	const data = rotating({ newestKey: '1' });
	expect(keptKeys(data).map(({ number }) => number)).toEqual([1]);
	expect(data.generatedPrivateKey2).toBe(KEYS.generatedPrivateKey2);
});

describe('an odd value is refused by the name of its field', () => {
	it.each<[string, unknown, JwtAuthErrorCode, RegExp]>([
		['newestKey', '11', 'FIELD_INVALID', /^Newest Key /],
		['newestKey', undefined, 'FIELD_INVALID', /^Newest Key /],
		['newestKeyFrom', 'soon', 'FIELD_INVALID', /^Sign With the Newest Key From is a text/],
		['newestKeyFrom', undefined, 'FIELD_INVALID', /^Sign With the Newest Key From /],
		['newestKeyFrom', '2026-02-30', 'FIELD_INVALID', /^Sign With the Newest Key From /],
		['publishOldKeyFor', 'long', 'DURATION_INVALID', /^Keep Publishing the Old Key For /],
		['newestKeyFrom', Number.POSITIVE_INFINITY, 'FIELD_INVALID', /^Sign With the Newest Key From /],
		['newestKeyId', undefined, 'FIELD_INVALID', /^Key ID of the Newest Key /],
		['generatedPrivateKey2', 'rubbish', 'KEY_MALFORMED', /damaged/],
	])('%s: %s', (name, value, code, message) => {
		const error = expectCode(code, () => withKeyInTurn(rotating({ [name]: value }), AFTER));
		expect(error.message).toMatch(message);
	});

	it('a date with what it has to be, and what to do', () => {
		const error = expectCode('FIELD_INVALID', () =>
			newestKeyFrom(rotating({ newestKeyFrom: 'x' })),
		);
		expect(error.message).toContain('; it has to be a date and time.');
		expect(error.hint).toBe('Pick a date, or leave the field empty.');
	});
});

it('every key is among what must not be shown', () => {
	const [, , encoded = ''] = KEYS.generatedPrivateKey2.split('.');
	expect(secretValues(rotating()).join(' ')).toContain(encoded);
});
