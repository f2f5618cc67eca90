import { SeenProofs } from '../../../core/verify/seenProofs';

it('a proof is the first of its key and jti once', () => {
	const seen = new SeenProofs();
	const asked = [
		seen.isFirst('key-1', 'a'),
		seen.isFirst('key-1', 'a'),
		seen.isFirst('key-1', 'b'),
		seen.isFirst('key-2', 'a'),
		seen.isFirst('key-1', 'a'),
	];
	expect(asked).toEqual([true, false, true, true, false]);
});

it('the oldest gives way where there is no room', () => {
	const seen = new SeenProofs(2);
	for (const jti of ['a', 'b', 'c']) seen.isFirst('key', jti);
	expect([seen.isFirst('key', 'c'), seen.isFirst('key', 'b'), seen.isFirst('key', 'a')]).toEqual([
		false,
		false,
		true,
	]);
});
