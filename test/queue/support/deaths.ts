import { generateKeyPairSync } from 'node:crypto';
import type { Place, Step } from './credentialWatch';

/** What n8n is to make the key of. */
export type KeyOf = 'credential' | 'credential with a key' | 'service';

/** A moment in the first use of a credential at which its worker is killed. */
export interface Death {
	moment: string;
	keyOf: KeyOf;
	/** HTTP Request is the first to use the credential, in place of JWT Sign. */
	requestOnly?: boolean;
	/** Left out: when the API has the first request with the key. */
	place?: Partial<Pick<Place, 'number' | 'step' | 'stage'>>;
	/** What the worker has sent reaches PostgreSQL after its death. */
	arrives?: boolean;
	/** Whether the key is stored when the worker is dead. */
	stores: boolean;
}

/** What JWT Sign asks PostgreSQL about a new credential until it hands the key out. */
const STEPS: Step[] = ['read', 'read', 'read', 'store', 'read', 'read'];

const STAGES = ['sent', 'answered'] as const;

const ofEveryStep = STEPS.flatMap((step, index): Death[] =>
	STAGES.map((stage) => ({
		moment: `${step} ${index + 1} ${stage}`,
		keyOf: 'credential',
		place: { number: index + 1, step, stage },
		stores: index > STEPS.indexOf('store') || (step === 'store' && stage === 'answered'),
	})),
);

const ofStoring = (moment: string, death: Pick<Death, 'keyOf' | 'requestOnly'>): Death[] =>
	STAGES.map((stage) => ({
		...{ ...death, moment: `${moment} ${stage}` },
		place: { step: 'store', stage },
		stores: stage === 'answered',
	}));

/**
 * All moments that differ for others: between one and the next, nobody can see anything of what a worker
 * does.
 */
export const DEATHS: Death[] = [
	...ofEveryStep,
	{
		...{ moment: 'store sent, arrives', keyOf: 'credential', arrives: true, stores: true },
		place: { step: 'store', stage: 'sent' },
	},
	{ moment: 'API called', keyOf: 'credential', stores: true },
	...ofStoring('store of the next key', { keyOf: 'credential with a key' }),
	...ofStoring('store of the key of a service', { keyOf: 'service' }),
	...ofStoring('store by HTTP Request', { keyOf: 'credential', requestOnly: true }),
];

/** A key as n8n keeps it, made an hour ago. */
function keptKey(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const der = privateKey.export({ format: 'der', type: 'pkcs8' });
	return `=n8n-key-1.${Date.now() - 3_600_000}.${der.toString('base64url')}`;
}

/** The credential that is used for the first time. */
export function newCredential(keyOf: KeyOf): { type: string; data: Record<string, unknown> } {
	if (keyOf === 'service') {
		const data = { keySource: 'generate', clientId: 'client', scopes: '={{ "sco" + "pe" }}' };
		return { type: 'maskinportenJwtApi', data };
	}
	const data = { algorithm: 'ES256', keySource: 'generate', payload: '{ "sub": "={{ 1 + 1 }}" }' };
	const next = { generatedPrivateKey: keptKey(), keyMade: 'made', newestKey: '2' };
	return { type: 'jwtSignApi', data: keyOf === 'credential' ? data : { ...data, ...next } };
}
