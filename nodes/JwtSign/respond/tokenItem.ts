import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { parseJsonObject } from '../../../core/shared/json';
import { isoTime } from '../../../core/shared/time';
import type { MintedToken } from '../../../core/sign/mintToken';
import type { TokenForm } from '../read/tokenForm';

/**
 * The output item of a signed token.
 *
 * @param metadata that of the credential, which is output only where it is asked for
 * @throws {@link JwtAuthError} `JSON_*` for metadata that is no JSON object
 */
export function tokenItem(
	{ token, header, claims, expiresAt }: MintedToken,
	{ kept, outputField, includeDecoded, includeMetadata }: TokenForm,
	metadata: unknown,
): INodeExecutionData {
	const json: IDataObject = { ...kept, [outputField]: token };
	if (includeDecoded) {
		const end = expiresAt === undefined ? null : isoTime(expiresAt);
		json.decoded = { header, payload: claims, expiresAt: end } as IDataObject;
	}
	if (includeMetadata) {
		json.metadata = parseJsonObject(metadata, {
			field: 'Metadata',
			notObject: 'JSON_MALFORMED',
		}) as IDataObject;
	}
	return { json };
}
