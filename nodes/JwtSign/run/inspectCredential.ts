import { getGlobalState, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { credentialReport, REPORTED_TYPES } from '../../../core/authenticate/credentialReport';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { withFieldPlaces } from '../../../core/settings/fieldPlaces';
import { nodeForm } from '../../common/nodeForm';

/**
 * What can be told of a credential without a secret, under the name that it has in n8n.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, and the codes of {@link credentialReport}
 */
export async function inspectCredential(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject> {
	const type = nodeForm(context, itemIndex)
		.field('inspected', 'Credential Type')
		.choice(REPORTED_TYPES, 'jwtSignApi');
	const data: CredentialData = await context.getCredentials(type, itemIndex);
	const { credentials } = context.getNode();
	try {
		const { defaultTimezone } = getGlobalState();
		const report = await credentialReport(type, data, new Date(), defaultTimezone);
		return { credential: credentials?.[type]?.name ?? null, credentialType: type, ...report };
	} catch (error) {
		throw withFieldPlaces(error, data);
	}
}
