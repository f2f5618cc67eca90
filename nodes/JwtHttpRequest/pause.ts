import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/** Waits some milliseconds, or until the execution is cancelled, which is thrown. */
export async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	if (milliseconds > 0) await sleep(milliseconds, context.getExecutionCancelSignal?.());
}
