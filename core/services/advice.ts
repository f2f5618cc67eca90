import type { Refusal, Service } from './service';

/** A refusal because of the time, in whatever words a service puts it. */
export const CLOCK: Refusal = [
	/short-lived|timestamp|expired?\b|expiration|issued at|\b(?:exp|iat|nbf)\b|\bclock\b|not (?:yet )?active/i,
	'Check the clock of the machine n8n runs on.',
];

/** What to look at where a service does not take a token. */
export function adviceOf({ advice }: Pick<Service, 'advice'>): string {
	return `${advice} The clock of the machine n8n runs on has to be right, too.`;
}
