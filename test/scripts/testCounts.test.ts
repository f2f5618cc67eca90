import type { JestFile } from '../../scripts/testCounts';
import {
	countsLine,
	failedFiles,
	failedTests,
	failuresOf,
	withSecondRun,
} from '../../scripts/testCounts';

const result = (passed: number, failed: number, pending = 0, todo = 0, broken = 0) => ({
	numPassedTests: passed,
	numFailedTests: failed,
	numPendingTests: pending,
	numTodoTests: todo,
	numRuntimeErrorTestSuites: broken,
	testResults: [],
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

describe('the end of a red npm test', () => {
	const red = '\u001b[31m';
	const file = (name: string, message: string, tests: Array<[string, string[]]>) => ({
		name: `/somewhere/test/${name}`,
		status:
			tests.every(([, reasons]) => reasons.length === 0) && !message
				? ('passed' as const)
				: ('failed' as const),
		message,
		assertionResults: tests.map(([fullName, failureMessages]) => ({
			fullName,
			status: failureMessages.length > 0 ? 'failed' : 'passed',
			failureMessages,
		})),
	});

	it('names every failed test with its file and the first lines of the reason', () => {
		const testResults = [
			file('good.test.ts', '', [['is good', []]]),
			file('bad.test.ts', 'all of it', [
				['is good', []],
				['is bad', [`${red}Expected: 1\n${'at a line\n'.repeat(100)}`]],
			]),
		];
		const [only, ...others] = failedTests([{ ...result(2, 1), testResults }]);
		expect(others).toEqual([]);
		const lines = String(only).split('\n');
		expect(lines.slice(0, 3)).toEqual(['bad.test.ts: is bad', '    Expected: 1', '    at a line']);
		expect(lines).toHaveLength(13);
	});

	it('names a file that broke before its first test', () => {
		const testResults = [file('broken.test.ts', 'Cannot find module', [])];
		expect(failedTests([{ ...result(0, 0, 0, 0, 1), testResults }])).toEqual([
			'broken.test.ts\n    Cannot find module',
		]);
	});
});

it('a second run of some files counts in place of their first', () => {
	const file = (name: string, ...statuses: string[]) =>
		({
			name,
			status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
			message: '',
			assertionResults: statuses.map((status) => ({ status, fullName: '', failureMessages: [] })),
		}) as JestFile;
	const run = (...testResults: JestFile[]) => ({ ...result(0, 0), testResults });
	const first = run(
		file('a', 'passed', 'passed', 'pending'),
		file('b', 'failed', 'passed'),
		file('c'),
	);
	expect(failedFiles(first)).toEqual(['b', 'c']);
	const whole = withSecondRun(first, run(file('b', 'passed', 'passed'), file('c', 'failed')));
	expect(countsLine([whole])).toBe('Tests: 4 passed, 1 failed, 1 skipped');
	expect(failuresOf(whole)).toBe('1 test failed');
	expect(failuresOf(withSecondRun(first, run(file('b', 'passed'))))).toBe('1 file could not run');
});
