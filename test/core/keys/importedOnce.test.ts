import { JwtAuthError } from '../../../core/errors';
import { ImportedOnce } from '../../../core/keys/importedOnce';

const refuse = () => {
	throw new JwtAuthError('KEY_PASSPHRASE', 'The passphrase is wrong.');
};

describe('ImportedOnce', () => {
	it('makes a value once, and fails once', () => {
		const imports = new ImportedOnce<object>();
		const make = jest.fn(() => ({}));
		expect(imports.get('a', make)).toBe(imports.get('a', make));
		expect(make).toHaveBeenCalledTimes(1);

		const fail = jest.fn(refuse);
		const errors = Array.from({ length: 40 }, () => {
			try {
				return imports.get('b', fail);
			} catch (error) {
				return error;
			}
		});
		expect(fail).toHaveBeenCalledTimes(1);
		expect(new Set(errors).size).toBe(1);
		expect(errors[0]).toMatchObject({ code: 'KEY_PASSPHRASE' });
	});

	it('does not keep an error that is not ours: it may pass', () => {
		const imports = new ImportedOnce<string>();
		const broken = () => {
			throw new Error('out of memory');
		};
		expect(() => imports.get('a', broken)).toThrow('out of memory');
		expect(imports.get('a', () => 'value')).toBe('value');
	});

	it('keeps the values that were used last', () => {
		const imports = new ImportedOnce<string>(3);
		for (const digest of ['a', 'b', 'c', 'a', 'd']) imports.get(digest, () => digest);
		expect(imports.size).toBe(3);
		expect(imports.get('a', () => 'made again')).toBe('a');
		expect(imports.get('b', () => 'made again')).toBe('made again');
	});

	it('keeps a bounded number of each, and lets no failure take the place of a value', () => {
		const imports = new ImportedOnce<string>(3);
		imports.get('good', () => 'value');
		for (let index = 0; index < 10; index += 1) {
			expect(() => imports.get(`bad ${index}`, refuse)).toThrow();
			if (index > 0) expect(() => imports.get('bad 0', () => 'x')).toThrow();
		}
		expect({ values: imports.size, failures: imports.failures }).toEqual({
			values: 1,
			failures: 3,
		});
		// What was asked for all the time is still known, what was not is not.
		expect(() => imports.get('bad 0', () => 'x')).toThrow();
		expect(imports.get('bad 1', () => 'x')).toBe('x');
	});
});
