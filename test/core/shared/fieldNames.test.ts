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
