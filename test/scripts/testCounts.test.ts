import { countsLine, failuresOf } from '../../scripts/testCounts';

const result = (passed: number, failed: number, pending = 0, todo = 0, broken = 0) => ({
	numPassedTests: passed,
	numFailedTests: failed,
	numPendingTests: pending,
	numTodoTests: todo,
	numRuntimeErrorTestSuites: broken,
});

describe('the last line of npm test', () => {
	it('adds up what every suite counted', () => {
		expect(countsLine([result(400, 0), result(19, 2), result(0, 1)])).toBe(
			'Tests: 419 passed, 3 failed',
		);
	});

	it('names skipped tests where there are some, and tests that are still to be written', () => {
		expect(countsLine([result(1, 0, 2, 0), result(1, 0, 0, 1)])).toBe(
			'Tests: 2 passed, 0 failed, 3 skipped',
		);
	});

	it('is there when nothing ran', () => {
		expect(countsLine([])).toBe('Tests: 0 passed, 0 failed');
	});
});

it('a red suite says why, also when no test of it is counted as failed', () => {
	expect(failuresOf(result(5, 2, 0, 0, 1))).toBe('2 tests failed, 1 file could not run');
	expect(failuresOf(result(5, 1))).toBe('1 test failed');
	expect(failuresOf(result(5, 0))).toBe('');
});
