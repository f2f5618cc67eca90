import { hasMembers } from '../../../core/shared/json';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Answer, FileAnswer, Sender } from '../send/sendTypes';
import { readContent } from '../send/readContent';
import { optimize } from './optimizeResponse';

function withoutBody({ headers, statusCode, statusMessage }: Answer): IDataObject {
	return { headers, statusCode, statusMessage };
}

function toFileItem(sender: Sender, answer: FileAnswer): INodeExecutionData {
	const { context, itemIndex, options } = sender;
	const { fullResponse, outputPropertyName } = options.response;
	const input = context.getInputData()[itemIndex];
	return {
		json: fullResponse ? withoutBody(answer) : (input?.json ?? {}),
		binary: { ...input?.binary, ...(answer.file && { [outputPropertyName]: answer.file }) },
	};
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
 * @throws {@link JwtAuthError} `JSON_MALFORMED`, `RESPONSE_CHARSET_UNKNOWN`
 */
export function toItems(sender: Sender, answer: Answer): INodeExecutionData[] {
	if (answer.kind === 'file') return [toFileItem(sender, answer)];
	const { context, options } = sender;
	const { fullResponse, neverError, outputPropertyName, responseFormat } = options.response;
	const content = readContent(context, answer, neverError && responseFormat === 'autodetect');
	const body = optimize(options.optimization, content);
	const about = fullResponse ? withoutBody(answer) : {};
	if (answer.kind === 'text') {
		const text = body === '' ? {} : { [outputPropertyName]: body as string };
		return [{ json: { ...text, ...about } }];
	}
	if (fullResponse) return [{ json: { body: body as IDataObject, ...about } }];
	const bodies: unknown[] = Array.isArray(body) ? body : [body];
	return bodies.map((entry) => ({ json: asObject(entry, outputPropertyName) }));
}
