import { noteRefusal, notedProblem } from '../../../core/authenticate/refusals';
import { JwtAuthError } from '../../../core/errors';

it('a refusal is known by the very object it was noted for, until the request is authenticated', () => {
	const [data, copy] = [{ secret: 'x' }, { secret: 'x' }];
	const refusal = new JwtAuthError('KEY_MISSING', 'The secret is empty.');
	noteRefusal(data, refusal);
	expect(notedProblem(data)).toBe(refusal);
	expect(notedProblem(copy)).toBeUndefined();
	noteRefusal(data, undefined);
	expect(notedProblem(data)).toBeUndefined();
});
