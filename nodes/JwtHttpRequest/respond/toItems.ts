import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileNameOf } from '../../../core/contentDisposition';
import { hasMembers } from '../../../core/hasMembers';
import { mediaTypeOf } from '../../../core/mediaType';
import type { Answer, FileAnswer, Sender } from '../send/answer';
import { brokenBody } from '../send/failures';
import { readContent } from './content';
import { optimise } from './optimise';

function withoutBody({ headers, statusCode, statusMessage }: Answer): IDataObject {
	return { headers, statusCode, statusMessage };
}

async function toFileItem(sender: Sender, answer: FileAnswer): Promise<INodeExecutionData> {
	const { context, itemIndex, options } = sender;
	const { fullResponse, outputPropertyName } = options.response;
	const { headers, hop } = answer;
	const input = context.getInputData()[itemIndex];
	try {
		const binary = await context.helpers.prepareBinaryData(
			answer.body,
			// Else the last part of the URL's path, as n8n names a file without another name.
			fileNameOf(headers['content-disposition']) ??
				(new URL(hop.url).pathname.split('/').at(-1) || undefined),
			mediaTypeOf(headers['content-type']) || undefined,
		);
		if (!binary.fileName && binary.fileExtension) {
			binary.fileName = `${outputPropertyName}.${binary.fileExtension}`;
		}
		return {
			json: fullResponse ? withoutBody(answer) : (input?.json ?? {}),
			binary: { ...input?.binary, [outputPropertyName]: binary },
		};
	} catch (error) {
		throw brokenBody(error, answer.deadline);
	}
}

/** An item's JSON is an object: anything else goes under the chosen field name. */
function asObject(body: unknown, fieldName: string): IDataObject {
	if (body === null) return {};
	return hasMembers(body) && !Array.isArray(body)
		? (body as IDataObject)
		: { [fieldName]: body as IDataObject };
}

/**
 * Turns an answer into output items, as n8n's own HTTP Request node does: a JSON list becomes one
 * item per entry, a file keeps the fields and files of the input item.
 *
 * @throws {@link JwtAuthError} `JSON_MALFORMED`, `RESPONSE_CHARSET_UNKNOWN`, `RESPONSE_INCOMPLETE`,
 *   `RESPONSE_TIMEOUT`
 */
export async function toItems(sender: Sender, answer: Answer): Promise<INodeExecutionData[]> {
	if (answer.kind === 'file') return [await toFileItem(sender, answer)];
	const { context, options } = sender;
	const { fullResponse, neverError, outputPropertyName, responseFormat } = options.response;
	const content = readContent(context, answer, neverError && responseFormat === 'autodetect');
	const body = optimise(options.optimisation, content);
	const about = fullResponse ? withoutBody(answer) : {};
	if (answer.kind === 'text') {
		const text = body === '' ? {} : { [outputPropertyName]: body as string };
		return [{ json: { ...text, ...about } }];
	}
	if (fullResponse) return [{ json: { body: body as IDataObject, ...about } }];
	const bodies: unknown[] = Array.isArray(body) ? body : [body];
	return bodies.map((entry) => ({ json: asObject(entry, outputPropertyName) }));
}
