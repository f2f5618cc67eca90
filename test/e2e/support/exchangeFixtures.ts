import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { CredentialRef, N8nClient } from '../../../playground/client';
import { jwtHttpRequest, stockHttpRequest } from './workflows';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** The key all assertions of these tests are signed with. */
export const assertionKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** Creates an exchanging credential; a subject of its own keeps its token apart from all others. */
export async function createExchange(
	client: N8nClient,
	tokenUrl: string,
	data: Record<string, unknown> = {},
): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Exchange ${randomUUID()}`,
		type: 'jwtExchangeApi',
		data: {
			grant: 'jwtBearer',
			tokenUrl,
			algorithm: 'ES256',
			privateKey: assertionKey,
			payload: JSON.stringify({ iss: 'n8n', sub: randomUUID() }),
			...data,
		},
	});
}

/** The steps that send requests. */
export const SENDERS = { 'JWT HTTP Request': jwtHttpRequest, 'HTTP Request': stockHttpRequest };

export type SenderName = keyof typeof SENDERS;

export const SENDER_NAMES: SenderName[] = ['JWT HTTP Request', 'HTTP Request'];
