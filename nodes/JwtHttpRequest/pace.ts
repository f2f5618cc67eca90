import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { monotonicClock } from '../../core/shared/monotonicClock';

/** Waits some milliseconds, or until the execution is cancelled, which is thrown. */
export async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	if (milliseconds > 0) await sleep(milliseconds, context.getExecutionCancelSignal?.());
}

/**
 * Spaces the items out by Batching: a batch begins no sooner than the interval after the one before
 * it began.
 *
 * @returns waits until the given item's turn
 */
export function startPace(context: IExecuteFunctions): (itemIndex: number) => Promise<void> {
	const path = 'options.batching.batch';
	const batching = context.getNodeParameter(path, 0, null) as IDataObject | null;
	const size = Math.trunc(Number(batching?.batchSize ?? 50));
	const interval = Number(batching?.batchInterval ?? 1000);
	if (!batching || size < 0 || !(interval > 0)) return async () => {};
	const began = monotonicClock();
	return async (itemIndex) => {
		const turn = began + Math.floor(itemIndex / Math.max(1, size)) * interval;
		await pause(context, turn - monotonicClock());
	};
}

/** How many requests may be under way at once. */
export function readConcurrency(context: IExecuteFunctions): number {
	const concurrency = Math.trunc(Number(context.getNodeParameter('options.concurrency', 0, 10)));
	return concurrency > 0 ? concurrency : 1;
}
