import { isDeepStrictEqual } from 'node:util';
import type { Gatekeeper, Statement } from './databaseGate';

/** What a worker does with a credential in PostgreSQL. */
export type Step = 'read' | 'store';

/** How far a statement is: on its way to PostgreSQL, or done and PostgreSQL's answer on its way back. */
export type Stage = 'sent' | 'answered';

/** Where a worker is with a credential. */
export interface Place {
	worker: string;
	step: Step;
	/** Of all statements about the credential since it is watched, from 1 on. */
	number: number;
	stage: Stage;
}

/** Whether a place is the one that is meant. */
export function isAt(meant: Partial<Place>, place: Place): boolean {
	return isDeepStrictEqual({ ...place, ...meant }, place);
}

/** A worker that waits in the midst of a statement. */
export interface Halt extends Place {
	/** Lets the statement, or its answer, go on. */
	release(): void;
	/** A statement that was sent never arrives. */
	drop(): void;
}

/** What has been seen of a credential. */
export interface Watched {
	steps: Step[];
	/** Those that wait; the oldest first. */
	halts: Halt[];
	/** Where to stop a worker; may be replaced at any time. */
	stopsAt: (place: Place) => boolean;
}

/** Sees every statement of the workers about certain credentials, and stops them where it is told to. */
export class CredentialWatch {
	private readonly credentials = new Map<string, Watched>();

	private readonly places = new WeakMap<
		Statement,
		{ watched: Watched; place: Omit<Place, 'stage'> }
	>();

	/** Begins to watch a credential. */
	watch(id: string, stopsAt: Watched['stopsAt'] = () => false): Watched {
		const watched: Watched = { steps: [], halts: [], stopsAt };
		this.credentials.set(id, watched);
		return watched;
	}

	/** Sees what a worker sends. */
	gatekeeper(worker: string): Gatekeeper {
		return {
			sent: async (statement) => {
				this.note(worker, statement);
				return await this.pass(statement, 'sent');
			},
			answered: async (statement) => void (await this.pass(statement, 'answered')),
		};
	}

	private note(worker: string, statement: Statement): void {
		const [, step] = /^(SELECT|UPDATE) .*"credentials_entity"/.exec(statement.sql) ?? [];
		const watched = statement.values.map((value) => this.credentials.get(value)).find(Boolean);
		if (!step || !watched) return;
		watched.steps.push(step === 'SELECT' ? 'read' : 'store');
		const place = { worker, step: watched.steps.at(-1) ?? 'read', number: watched.steps.length };
		this.places.set(statement, { watched, place });
	}

	private async pass(statement: Statement, stage: Stage): Promise<boolean> {
		const seen = this.places.get(statement);
		if (!seen) return true;
		const { watched } = seen;
		const place = { ...seen.place, stage };
		if (!watched.stopsAt(place)) return true;
		return await new Promise((resolve) => {
			const halt: Halt = { ...place, release: () => end(true), drop: () => end(false) };
			const end = (goesOn: boolean) => {
				watched.halts.splice(watched.halts.indexOf(halt), 1);
				resolve(goesOn);
			};
			watched.halts.push(halt);
		});
	}
}
