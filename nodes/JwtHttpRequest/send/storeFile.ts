import { mediaTypeOf } from '../../../core/http/responseBody';
import type { IBinaryData } from 'n8n-workflow';
import { fileNameOf } from '../../../core/http/contentDisposition';

import { brokenBodyError } from './failures';
import type { FollowedResponse, Sender } from './sendTypes';

/**
 * Hands the body of an answer to n8n's store for files while it arrives.
 *
 * @returns the reference n8n puts into an item
 * @throws {@link JwtAuthError} `RESPONSE_INCOMPLETE`, `RESPONSE_TIMEOUT`
 */
export async function storeFile(
	{ context, options }: Sender,
	{ body, headers, hop, deadline, close }: FollowedResponse,
): Promise<IBinaryData> {
	try {
		const file = await context.helpers.prepareBinaryData(
			body,
			// Else the last part of the URL's path, as n8n names a file without another name.
			fileNameOf(headers['content-disposition']) ??
				(new URL(hop.url).pathname.split('/').at(-1) || undefined),
			mediaTypeOf(headers['content-type']) || undefined,
		);
		if (!file.fileName && file.fileExtension) {
			file.fileName = `${options.response.outputPropertyName}.${file.fileExtension}`;
		}
		return file;
	} catch (error) {
		close();
		throw brokenBodyError(error, deadline);
	}
}
