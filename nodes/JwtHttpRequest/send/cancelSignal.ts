import type { IExecuteFunctions } from 'n8n-workflow';
import { startDeadline, type Deadline } from '../../../core/request/deadline';

/** Starts a deadline that a cancelled execution ends too. @param milliseconds from now */
export function startRequestDeadline(context: IExecuteFunctions, milliseconds: number): Deadline {
	return startDeadline(milliseconds, context.getExecutionCancelSignal?.());
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
