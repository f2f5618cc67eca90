import { JwtAuthError } from '../../../core/errors';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { leak, secretParts } from '../support/keyFixtures';
import { WRONG_KEYS } from '../support/wrongKeys';

describe('a wrong key', () => {
	it.each(WRONG_KEYS)('%s', (_, settings, code, names) => {
		let error: unknown;
		try {
			importSigningKey(settings);
		} catch (caught) {
			error = caught;
		}
		if (!(error instanceof JwtAuthError)) throw new Error(`not refused as it should be: ${error}`);
		expect({ code: error.code, message: error.message }).toEqual({
			code,
			message: expect.stringMatching(names),
		});
		expect(error.hint).toMatch(/^[A-Z].*\S$/);
		const said = `${error.message}\n${error.hint}\n${error.stack}`;
		expect(leak(said, secretParts(settings.key))).toBeUndefined();
		for (const secret of [settings.key, settings.passphrase]) {
			if (secret && secret.length > 7) expect(said).not.toContain(secret);
		}
	});

	it('has at least 25 distinct codes over more than 60 inputs', () => {
		expect(new Set(WRONG_KEYS.map(([, , code]) => code)).size).toBeGreaterThanOrEqual(25);
		expect(WRONG_KEYS.length).toBeGreaterThan(60);
	});
});
