import { noteSentToken, sentTokens } from '../../../core/request/sentTokens';

describe('the tokens that requests carried', () => {
	it('are those of the very fields they were made from, in their order', () => {
		const fields = { secret: 'a' };
		const same = { secret: 'a' };
		expect(sentTokens(fields)).toEqual([]);
		noteSentToken(fields, 'first');
		noteSentToken(fields, 'second');
		noteSentToken(same, 'other');
		expect(sentTokens(fields)).toEqual(['first', 'second']);
		expect(sentTokens(same)).toEqual(['other']);
		expect(fields).toEqual({ secret: 'a' });
	});

	it('do not change in the hands of whoever asked before', () => {
		const fields = {};
		noteSentToken(fields, 'first');
		const before = sentTokens(fields);
		noteSentToken(fields, 'second');
		expect(before).toEqual(['first']);
	});
});
