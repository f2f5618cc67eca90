import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { isObject } from '../../../core/shared/json';
import type { CallForm } from '../read/callForm';
import { isMultipart, type IncomingCall, type UploadedFile } from '../read/incomingCall';
import type { AcceptedCall, Refusal } from '../run/verifyCall';
import type { WebhookUrl } from '../read/webhookUrl';
import { callWithoutToken, shownCall } from './withoutToken';

/** The name n8n's own Webhook gives a file of a form. */
function fileName(field: string, { count, index }: { count: number; index?: number }): string {
	const name = field.endsWith('[]') ? field.slice(0, -2) : field;
	if (name.trim() === '') return `data${count}`;
	return index === undefined ? name : `${name}${index}`;
}

interface FormFile {
	field: string;
	file: UploadedFile;
	/** Its place among those of the same field. */
	index?: number;
}

async function formFiles(
	context: IWebhookFunctions,
	files: Record<string, UploadedFile | UploadedFile[]>,
	prefix: string | undefined,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	const flat = Object.entries(files).flatMap(([field, value]): FormFile[] =>
		Array.isArray(value)
			? value.map((file, index) => ({ field, file, index }))
			: [{ field, file: value }],
	);
	for (const [count, { field, file, index }] of flat.entries()) {
		const name = prefix === undefined ? fileName(field, { count, index }) : `${prefix}${count}`;
		binary[name] = await context.nodeHelpers.copyBinaryFile(
			file.filepath,
			file.originalFilename ?? file.newFilename,
			file.mimetype ?? undefined,
		);
	}
	return binary;
}

/** Files of the call: those of a form, a body that is no text, and the raw body where it is wanted. */
async function filesOf(
	context: IWebhookFunctions,
	call: IncomingCall,
	form: CallForm,
): Promise<IBinaryKeyData | undefined> {
	if (isMultipart(call)) {
		const files = isObject(call.body) && isObject(call.body.files) ? call.body.files : {};
		return await formFiles(
			context,
			files as Record<string, UploadedFile | UploadedFile[]>,
			form.binaryField,
		);
	}
	const bytes = call.rawBody ?? Buffer.alloc(0);
	const isFile = call.body === undefined && bytes.length > 0 && form.tokenIn.place !== 'body';
	if (!isFile && !form.hasRawBody) return undefined;
	const data = await context.helpers.prepareBinaryData(
		bytes,
		call.contentDisposition?.filename,
		call.contentType ?? 'application/octet-stream',
	);
	return { [form.binaryField ?? 'data']: data };
}

/** The item of a call whose token holds. */
export async function callItem(
	context: IWebhookFunctions,
	{ call, form, url }: { call: IncomingCall; form: CallForm; url: WebhookUrl },
	{ token, report }: AcceptedCall,
): Promise<INodeExecutionData> {
	const shown = form.keepsToken ? shownCall(call) : callWithoutToken(call, form.tokenIn, token);
	const { payload, ...jwt } = report as unknown as IDataObject;
	const json = { ...shown, ...url, jwtPayload: payload, jwt } as unknown as IDataObject;
	const binary = await filesOf(context, call, form);
	return binary ? { json, binary } : { json };
}

/**
 * The item of a call that was refused.
 *
 * @param others how many were refused since the last one that ran
 */
export function refusedItem(
	{ method, ip }: IncomingCall,
	{ reason, message, statusCode }: Refusal,
	others: number,
): INodeExecutionData {
	return {
		json: {
			refused: true,
			reason,
			message,
			statusCode,
			address: ip ?? null,
			method,
			othersRefused: others,
			refusedAt: new Date().toISOString(),
		},
	};
}
