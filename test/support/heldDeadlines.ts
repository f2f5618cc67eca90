/** Deadlines whose timers stand still. */
export interface HeldDeadlines {
	/** Milliseconds of every deadline, in the order in which they were started. */
	readonly times: readonly number[];
	/** Ends those that were started, as their timers would. */
	end(): void;
}

/**
 * Replaces `AbortSignal.timeout` until `jest.restoreAllMocks()`: time is up when a test says so,
 * however fast or slow the machine is.
 */
export function holdDeadlines(): HeldDeadlines {
	const times: number[] = [];
	const controllers: AbortController[] = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const controller = new AbortController();
		times.push(milliseconds);
		controllers.push(controller);
		return controller.signal;
	});
	return {
		times,
		end: () => {
			for (const controller of controllers) {
				controller.abort(new DOMException('Time is up', 'TimeoutError'));
			}
		},
	};
}
