import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { LONGEST_WAIT } from '../../../core/shared/duration';
import { monotonicClock } from '../../../core/shared/monotonicClock';
import { optionEntry, optionsForm } from '../read/options';

/**
 * Waits some milliseconds, or until the execution is cancelled, which is thrown. What is longer than
 * a timer can run is waited for in parts.
 */
export async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	// A timer drops fractions of a millisecond, and would be over too soon.
	for (let left = Math.ceil(milliseconds); left > 0; left -= LONGEST_WAIT) {
		await sleep(Math.min(left, LONGEST_WAIT), context.getExecutionCancelSignal?.());
	}
}

/** How many requests are under way at once unless the person says otherwise. */
const CONCURRENCY = 10;

/** How a run spreads its items over time. */
export interface Pace {
	/** How many requests may be under way at once. */
	concurrency: number;
	/** Waits until the given item may be sent. */
	turn: (itemIndex: number) => Promise<void>;
}

/**
 * Reads Batching and Concurrency. A batch begins no sooner than the interval after the one before it
 * began.
 *
 * @throws {@link JwtAuthError} `DURATION_INVALID`, `FIELD_INVALID`
 */
function readPace(context: IExecuteFunctions): Pace {
	const options = optionsForm(context, 0);
	const concurrency = options
		.field('concurrency', 'Concurrency')
		.wholeNumber({ fallback: CONCURRENCY, least: 1, most: 100 });
	const entry = optionEntry(options, 'batching', 'Batching', 'batch');
	const batching = entry.section();
	const size = batching
		.field('batchSize', 'Items per Batch')
		.wholeNumber({ fallback: 50, least: -1 });
	const interval = batching
		.field('batchInterval', 'Batch Interval (Ms)')
		.milliseconds({ fallback: 1000 });
	if (!entry.isThere || size < 0) return { concurrency, turn: async () => {} };
	const began = monotonicClock();
	const turn = async (itemIndex: number) => {
		const begins = began + Math.floor(itemIndex / Math.max(1, size)) * interval;
		await pause(context, begins - monotonicClock());
	};
	return { concurrency, turn };
}

/**
 * The pace of a run. Where it cannot be read, every item fails by it: an error outside of the items
 * would pass by what the person chose for errors.
 */
export function startPace(context: IExecuteFunctions): Pace {
	try {
		return readPace(context);
	} catch (error) {
		const turn = async (): Promise<void> => {
			throw await Promise.resolve(error);
		};
		return { concurrency: CONCURRENCY, turn };
	}
}
