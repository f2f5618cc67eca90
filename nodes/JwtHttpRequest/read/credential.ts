import type { SendingSettings } from '../../../core/request/sendingSettings';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { withFieldPlaces } from '../../../core/settings/fieldPlaces';
import { readSendingSettings } from '../../../core/settings/readSending';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { withItemClaims } from '../../../core/settings/readCredential';
import type { Form } from '../../../core/settings/fieldValue';
import { readClaimFields } from '../../common/claimFields';
import { nodeForm } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';

/** The credential of one item, read once. */
export interface ItemCredential {
	type: string;
	id: string;
	name: string;
	/** Its fields, expressions resolved for the item, the item's claims worked in. */
	data: CredentialData;
	sending: SendingSettings;
}

const references = new WeakMap<IExecuteFunctions, INode['credentials']>();

/** Which credentials the node names; asked once per run, because n8n copies the node every time. */
function nodeCredentials(context: IExecuteFunctions): INode['credentials'] {
	if (!references.has(context)) references.set(context, context.getNode().credentials);
	return references.get(context);
}

/** Which type of credential the person chose. */
export function readCredentialType(form: Form): 'jwtExchangeApi' | 'jwtSignApi' | 'jwtTokenApi' {
	return form
		.field('credentialType', 'Authentication')
		.choice(['jwtExchangeApi', 'jwtSignApi', 'jwtTokenApi'], 'jwtSignApi');
}

/** How the credential sends; an error says where in its form a field stands. */
function readSending(data: CredentialData): SendingSettings {
	try {
		return readSendingSettings(data);
	} catch (error) {
		throw withFieldPlaces(error, data);
	}
}

/**
 * Reads the credential of one item, a single time.
 *
 * @throws `JwtAuthError` `FIELD_INVALID` and the codes of the item's claims
 */
export async function readCredential(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<ItemCredential> {
	const type = readCredentialType(nodeForm(context, itemIndex));
	const itemClaims = type === 'jwtSignApi' ? readClaimFields(context, itemIndex) : undefined;
	const stored: CredentialData = await readCredentialOnce(context, type, itemIndex);
	const { id, name } = nodeCredentials(context)?.[type] ?? {};
	return {
		type,
		id: id ?? '',
		name: name ?? type,
		data: itemClaims ? withItemClaims(stored, itemClaims.claims, itemClaims.expiresIn) : stored,
		sending: readSending(stored),
	};
}
