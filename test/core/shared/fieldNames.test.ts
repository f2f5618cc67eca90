import fc from 'fast-check';
import { fieldNamesText } from '../../../core/shared/fieldNames';

describe('the fields of an answer', () => {
	it('are listed by name', () => {
		const answer = { access_token: 1, tokenType: 1, 'api.v2': 1, instance_url: 1, ID: 1, x5t: 1 };
		expect(fieldNamesText(answer)).toBe(`the fields ${Object.keys(answer).join(', ')}`);
	});

	it('are none, or none that could be shown', () => {
		expect(fieldNamesText({})).toBe('no fields');
		expect(fieldNamesText({ 'ya29.a0AfH6SMBx3': 1 })).toBe('no field with a usual name');
	});

	it.each([
		['one of forty characters', `a${'_bc'.repeat(3)}${'-'.repeat(30)}`],
		['a single letter', 'E'],
		['capitals in a row', 'accessURL'],
		['up to five of them', 'accessTOKEN'],
		['up to three digits', 'x5t_25'],
		['up to four words', 'one_two_three_four'],
		['words of up to fourteen letters', 'authentication'],
		['words in a row of separators', 'a..b::c'],
	])('are shown: %s', (_what, name) => {
		expect(fieldNamesText({ [name]: 1 })).toBe(`the fields ${name}`);
	});

	it.each([
		['more than forty characters', `a${'_bc'.repeat(3)}${'-'.repeat(31)}`],
		['a sentence', 'the token'],
		['something in front', '$token'],
		['more than three digits', 'x5t_256'],
		['more than four words', 'one_two_three_four_five'],
		['a word of fifteen letters', 'authentications'],
		['more than five capitals in a row', 'ABCDEF'],
		['capitals within a word beside a usual one', 'scope_ABCDEFg'],
	])('are not shown: %s', (_what, name) => {
		expect(fieldNamesText({ [name]: 1 })).toBe('no field with a usual name');
	});

	it('are ten at most', () => {
		const names = [...'abcdefghijkl'];
		const answer = Object.fromEntries(names.map((name) => [name, 1]));
		expect(fieldNamesText(answer)).toBe(`the fields ${names.slice(0, 10).join(', ')}`);
	});

	it('are left out where they may be a token', () => {
		const random = fc
			.uint8Array({ minLength: 24, maxLength: 40 })
			.map((bytes) => Buffer.from(bytes));
		const token = fc.oneof(
			random.map((bytes) => bytes.toString('base64url')),
			random.map((bytes) => bytes.toString('hex')),
			random.map((bytes) => `ya29.${bytes.toString('base64url')}`),
			random.map((bytes) => `ghs_${bytes.toString('base64').replace(/\W/g, 'x')}`),
		);
		fc.assert(
			fc.property(token, (name) => {
				expect(fieldNamesText({ [name]: '', scope: '' })).toBe('the fields scope');
			}),
		);
	});
});
