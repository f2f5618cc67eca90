import { JwtAuthError, type JwtAuthErrorCode } from '../../../core/errors';

/** Runs something that has to throw a JwtAuthError with this code, and returns the error. */
export function expectCode(code: JwtAuthErrorCode, run: () => unknown): JwtAuthError {
	try {
		run();
	} catch (error) {
		expect(error).toBeInstanceOf(JwtAuthError);
		expect(error).toMatchObject({ code });
		return error as JwtAuthError;
	}
	throw new Error(`Expected ${code}, but nothing was thrown.`);
}

/** Runs something that may throw a JwtAuthError only; returns its result, or undefined. */
export function onlyJwtAuthErrors<T>(run: () => T): T | undefined {
	try {
		return run();
	} catch (error) {
		if (error instanceof JwtAuthError) return undefined;
		throw error;
	}
}
