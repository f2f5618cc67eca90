import type { Refusal, Service } from './service';

/** A refusal because of the time, in whatever words a service puts it. */
export const CLOCK: Refusal = [
	/short-lived|timestamp|expired?\b|expiration|issued at|\b(?:exp|iat|nbf)\b|\bclock\b|not (?:yet )?active/i,
	'Check the clock of the machine n8n runs on.',
];

const GENERATED =
	'With Key Source Generate, the key is the one that n8n made: JWT Sign > Get Public Key shows its public half.';

/**
 * What to look at where a service does not take a token.
 *
 * @param isKeyMade whether n8n made the key; left out where nobody knows
 */
export function adviceOf(
	{ advice, keyPair }: Pick<Service, 'advice' | 'keyPair'>,
	isKeyMade = keyPair !== undefined,
): string {
	const parts = [advice, ...(isKeyMade ? [GENERATED] : [])];
	return `${parts.join(' ')} The clock of the machine n8n runs on has to be right, too.`;
}

/**
 * What to do about the reason that a service gave.
 *
 * @param reason in the words of the service
 * @param isKeyMade whether n8n made the key, so that the form has no Private Key to check
 */
export function adviceOn(reason: string, service: Service, isKeyMade: boolean): string {
	const [, advice] = (service.refusals ?? []).find(([words]) => words.test(reason)) ?? [];
	if (advice === undefined) return adviceOf(service, isKeyMade);
	return isKeyMade && advice.includes('Private Key') ? `${advice} ${GENERATED}` : advice;
}
