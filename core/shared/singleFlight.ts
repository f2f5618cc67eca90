import { Cancelled } from './cancelled';

/** Milliseconds for which an announced flight is kept for the one who announced it. */
export const CLAIM_TIME = 5_000;

/** What those who wait for an announced flight get when nobody flew it. */
export class NotClaimed extends Error {}

interface Flight<T> {
	landed: Promise<T>;
	resolve(value: T): void;
	reject(error: unknown): void;
	claimed: boolean;
}

/**
 * Runs at most one task by key at a time; whoever asks meanwhile gets the same outcome. A flight can be
 * announced before it starts, which is what n8n needs: between the call that finds out that a token is
 * missing and the call that may fetch one, a thousand other items ask.
 */
export class SingleFlight<T> {
	readonly #flights = new Map<string, Flight<T>>();

	#open(key: string): Flight<T> {
		const flight = { claimed: false } as Flight<T>;
		flight.landed = new Promise<T>((resolve, reject) => {
			flight.resolve = resolve;
			flight.reject = reject;
		});
		// Nobody may be waiting: a rejection must not end the process.
		flight.landed.catch(() => {});
		this.#flights.set(key, flight);
		return flight;
	}

	#close(key: string, flight: Flight<T>): void {
		if (this.#flights.get(key) === flight) this.#flights.delete(key);
	}

	/** The outcome of the flight that is under way or announced, if there is one. */
	current(key: string): Promise<T> | undefined {
		return this.#flights.get(key)?.landed;
	}

	/**
	 * Announces a flight that {@link run} starts shortly. Those who wait for it get {@link NotClaimed}
	 * if that does not happen within {@link CLAIM_TIME}.
	 *
	 * @param sleep waits some milliseconds
	 */
	announce(key: string, sleep: (milliseconds: number) => Promise<unknown>): void {
		const flight = this.#open(key);
		void sleep(CLAIM_TIME).then(() => {
			if (flight.claimed) return;
			this.#close(key, flight);
			flight.reject(new NotClaimed());
		});
	}

	/**
	 * Runs the task, or waits for the one that is under way; when that one is cancelled, runs it after all.
	 *
	 * @returns the outcome, and whether it is that of this very task
	 */
	async run(key: string, task: () => Promise<T>): Promise<{ value: T; own: boolean }> {
		const flight = this.#flights.get(key) ?? this.#open(key);
		if (flight.claimed) {
			try {
				return { value: await flight.landed, own: false };
			} catch (error) {
				if (!(error instanceof Cancelled)) throw error;
				return await this.run(key, task);
			}
		}
		flight.claimed = true;
		try {
			const value = await task();
			flight.resolve(value);
			return { value, own: true };
		} catch (error) {
			flight.reject(error);
			throw error;
		} finally {
			this.#close(key, flight);
		}
	}
}
