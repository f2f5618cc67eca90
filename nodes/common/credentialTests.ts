import type { CredentialData } from '../../core/settings/credentialFields';
import {
	getGlobalState,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type INodeCredentialTestResult,
} from 'n8n-workflow';
import {
	checkSigningCredential,
	checkTokenCredential,
} from '../../core/authenticate/testConnection';
import { withFieldPlaces } from '../../core/settings/fieldPlaces';
import { errorLine } from './nodeError';

/** A Test Connection method; n8n shows the message of a failed one. */
type CredentialTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
) => Promise<INodeCredentialTestResult>;

function credentialTest(
	check: (data: CredentialData, now: Date, timeZone: string) => void | Promise<void>,
): CredentialTest {
	return async function ({ data = {} }) {
		try {
			await check(data, new Date(), getGlobalState().defaultTimezone);
			return { status: 'OK', message: 'The credential works' };
		} catch (error) {
			return { status: 'Error', message: errorLine(withFieldPlaces(error, data)) };
		}
	};
}

/** Test Connection of `jwtSignApi`: signs and verifies a token, without any network. */
export const testJwtSignApi = credentialTest(checkSigningCredential);

/** Test Connection of `jwtTokenApi`: the token is a JWT and valid now, without any network. */
export const testJwtTokenApi = credentialTest(checkTokenCredential);
