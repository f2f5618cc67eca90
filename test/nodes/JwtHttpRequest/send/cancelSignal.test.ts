import type { IExecuteFunctions } from 'n8n-workflow';
import {
	startRequestDeadline,
	withSignal,
} from '../../../../nodes/JwtHttpRequest/send/cancelSignal';

it('a deadline ends with the execution, and is not over by that', () => {
	const execution = new AbortController();
	const context = { getExecutionCancelSignal: () => execution.signal };
	const deadline = startRequestDeadline(context as unknown as IExecuteFunctions, 60_000);
	expect(deadline.signal.aborted).toBe(false);
	execution.abort();
	expect(deadline.signal.aborted).toBe(true);
	expect([deadline.isCancelled(), deadline.isOver()]).toEqual([true, false]);
});

it('a deadline is there as well where n8n does not tell of cancelling', () => {
	expect(startRequestDeadline({} as IExecuteFunctions, 60_000).signal.aborted).toBe(false);
});

it('a context with another signal is otherwise the same, and leaves the first as it is', () => {
	const own = new AbortController().signal;
	const context = {
		getExecutionCancelSignal: () => own,
		getNode: () => ({ name: 'Node' }),
	} as unknown as IExecuteFunctions;
	const { signal } = new AbortController();
	const other = withSignal(context, signal);
	expect(other.getExecutionCancelSignal()).toBe(signal);
	expect(other.getNode()).toEqual({ name: 'Node' });
	expect(context.getExecutionCancelSignal()).toBe(own);
});
