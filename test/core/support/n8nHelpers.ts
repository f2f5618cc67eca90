import type { CredentialData } from '../../../core/settings/credentialFields';
import {
	authenticateWithAccessToken,
	preAuthenticate,
} from '../../../core/authenticate/exchangeApi';

import type { Network } from '../../../core/request/network';

/** A credential row, and how often n8n wrote it. */
export interface Row {
	data: CredentialData;
	writes: number;
}

type Send = (authorization: string) => number;

/** n8n's CredentialsHelper.preAuthentication (2.41.1). */
async function preAuthentication(
	row: Row,
	data: CredentialData,
	network: Network,
	expired: boolean,
): Promise<boolean> {
	if (data.accessToken !== '' && !expired) return false;
	const output = await preAuthenticate(data, network);
	if (output.accessToken === undefined) return false;
	Object.assign(row.data, output);
	row.writes++;
	Object.assign(data, output);
	return true;
}

async function attempt(
	data: CredentialData,
	address: object,
	network: Network,
	send: Send,
): Promise<number> {
	const request = await authenticateWithAccessToken(data, address, network.sleep);
	const status = send(
		String((request as { headers?: Record<string, unknown> }).headers?.authorization),
	);
	if (status >= 400) throw Object.assign(new Error(String(status)), { response: { status } });
	return status;
}

/**
 * The flow of n8n's httpRequestWithAuthentication: again after a 401 only, whatever
 * preAuthentication returns.
 *
 * @returns the status the caller sees, or rejects
 */
export async function newHelper(row: Row, network: Network, send: Send): Promise<number> {
	const data = { ...row.data };
	const address = { url: 'https://api.example.com/x' };
	try {
		await preAuthentication(row, data, network, false);
		return await attempt(data, address, network, send);
	} catch (error) {
		if ((error as { response?: { status: number } }).response?.status !== 401) throw error;
		await preAuthentication(row, data, network, true);
		return await attempt(data, address, network, send);
	}
}

/** The flow of n8n's requestWithAuthentication: again after any failure, if there is data. */
export async function legacyHelper(row: Row, network: Network, send: Send): Promise<number> {
	const data = { ...row.data };
	const address = { uri: 'https://api.example.com/x' };
	try {
		await preAuthentication(row, data, network, false);
		return await attempt(data, address, network, send);
	} catch (error) {
		if (!(await preAuthentication(row, data, network, true))) throw error;
		return await attempt(data, address, network, send);
	}
}
