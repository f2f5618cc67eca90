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
	{ token, header, claims }: MintedToken,
	{ kept, outputField, includeDecoded, includeMetadata }: TokenForm,
	metadata: unknown,
): INodeExecutionData {
	const json: IDataObject = { ...kept, [outputField]: token };
	if (includeDecoded) {
		const expiresAt = typeof claims.exp === 'number' ? isoTime(claims.exp) : null;
		json.decoded = { header, payload: claims, expiresAt } as IDataObject;
	}
	if (includeMetadata) {
		json.metadata = parseJsonObject(metadata, {
			field: 'Metadata',
			notObject: 'JSON_MALFORMED',
		}) as IDataObject;
	}
	return { json };
}
