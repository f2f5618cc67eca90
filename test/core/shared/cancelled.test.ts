import { JwtAuthError } from '../../../core/errors';
import { Cancelled } from '../../../core/shared/cancelled';

describe('a request given up with its execution', () => {
	it('is an error of its own kind, and no fault of what was asked', () => {
		const cancelled = new Cancelled();
		expect(cancelled).toBeInstanceOf(Error);
		expect(cancelled).not.toBeInstanceOf(JwtAuthError);
		expect(cancelled.message).toBe('The execution was cancelled.');
	});
});
