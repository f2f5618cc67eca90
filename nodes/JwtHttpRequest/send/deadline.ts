import type { IExecuteFunctions } from 'n8n-workflow';

/** A limit in time for one request, body of the answer included. */
export interface Deadline {
	/** Aborts when time is up or the execution is cancelled. */
	signal: AbortSignal;
	/** Whether time was up. */
	isOver: () => boolean;
}

/** Starts a deadline. @param milliseconds from now */
export function startDeadline(context: IExecuteFunctions, milliseconds: number): Deadline {
	const timeout = AbortSignal.timeout(milliseconds);
	const cancelled = context.getExecutionCancelSignal?.();
	return {
		signal: cancelled ? AbortSignal.any([cancelled, timeout]) : timeout,
		isOver: () => timeout.aborted,
	};
}

/**
 * The context with a signal of ours in place of n8n's own: the helper that authenticates takes its
 * abort signal from nowhere else.
 */
export function withSignal(context: IExecuteFunctions, signal: AbortSignal): IExecuteFunctions {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}
