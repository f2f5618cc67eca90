import { noteSentProof, noteSentToken, sentTokens } from '../../../core/request/sentTokens';

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

	it('come after the proofs they were sent with', () => {
		const fields = {};
		noteSentProof(fields, 'proof');
		expect(sentTokens(fields)).toEqual(['proof']);
		noteSentToken(fields, 'token');
		noteSentProof(fields, 'later proof');
		expect(sentTokens(fields)).toEqual(['later proof', 'proof', 'token']);
	});

	it('do not change in the hands of whoever asked before', () => {
		const fields = {};
		noteSentToken(fields, 'first');
		const before = sentTokens(fields);
		noteSentToken(fields, 'second');
		expect(before).toEqual(['first']);
	});
});
