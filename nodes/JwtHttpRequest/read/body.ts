import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import type { FormPart } from '../../../core/multipart';
import { setPath } from '../../../core/objectPath';
import type { BodyParts } from '../../../core/requestParts';
import { isJsonText } from '../../../core/responseJson';
import { readRows, rowsToObject, type Row } from './pairs';

interface MultipartRow extends Row {
	parameterType?: 'formBinaryData' | 'formData';
	inputDataFieldName?: string;
}

async function readBinary(context: IExecuteFunctions, itemIndex: number, field: string) {
	const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, field);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	return { bytes, fileName, mimeType };
}

function asText(value: unknown): string {
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

async function readMultipart(context: IExecuteFunctions, itemIndex: number): Promise<BodyParts> {
	const rows = readRows<MultipartRow>(context, itemIndex, 'bodyParameters');
	const parts: FormPart[] = [];
	for (const { name, value, parameterType, inputDataFieldName = '' } of rows) {
		if (parameterType !== 'formBinaryData') {
			parts.push({ name, value: asText(value) });
		} else if (inputDataFieldName !== '') {
			const file = await readBinary(context, itemIndex, inputDataFieldName);
			parts.push({
				name,
				value: file.bytes,
				fileName: file.fileName ?? 'file',
				contentType: file.mimeType,
			});
		}
	}
	return { kind: 'multipart', parts };
}

function readJson(context: IExecuteFunctions, itemIndex: number): BodyParts {
	if (context.getNodeParameter('specifyBody', itemIndex, 'keypair') !== 'json') {
		const value: Record<string, unknown> = {};
		for (const row of readRows(context, itemIndex, 'bodyParameters')) {
			setPath(value, row.name, row.value);
		}
		return { kind: 'json', value };
	}
	const json = context.getNodeParameter('jsonBody', itemIndex, '') as unknown;
	if (typeof json !== 'string') return { kind: 'json', value: json };
	if (isJsonText(json)) return { kind: 'json', text: json };
	throw new JwtAuthError('JSON_MALFORMED', 'The body is not valid JSON.');
}

function readForm(context: IExecuteFunctions, itemIndex: number): BodyParts {
	if (context.getNodeParameter('specifyBody', itemIndex, 'keypair') !== 'string') {
		const fields = rowsToObject(readRows(context, itemIndex, 'bodyParameters'));
		return { kind: 'form', fields };
	}
	const text = asText(context.getNodeParameter('body', itemIndex, ''));
	const rows = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
	return { kind: 'form', fields: rowsToObject(rows), arrayFormat: 'repeat' };
}

/**
 * Reads the body of one item; files are read whole, so that they can be sent again.
 *
 * @throws {@link JwtAuthError} `JSON_MALFORMED`, `JSON_MEMBER_FORBIDDEN`, `REQUEST_BODY_INVALID`
 * @throws `NodeOperationError` for a file that the item does not have
 */
export async function readBody(context: IExecuteFunctions, itemIndex: number): Promise<BodyParts> {
	const contentType = context.getNodeParameter('contentType', itemIndex, 'json') as string;
	switch (contentType) {
		case 'json':
			return readJson(context, itemIndex);
		case 'form-urlencoded':
			return readForm(context, itemIndex);
		case 'multipart-form-data':
			return await readMultipart(context, itemIndex);
		case 'binaryData': {
			const field = context.getNodeParameter('inputDataFieldName', itemIndex) as string;
			const { bytes, mimeType } = await readBinary(context, itemIndex, field);
			return { kind: 'bytes', bytes, contentType: mimeType, overridesHeader: false };
		}
		case 'raw': {
			const type = context.getNodeParameter('rawContentType', itemIndex, '') as string;
			return {
				kind: 'bytes',
				bytes: Buffer.from(asText(context.getNodeParameter('body', itemIndex, '')), 'utf8'),
				contentType: type.trim() === '' ? 'text/plain' : type.trim(),
				overridesHeader: type.trim() !== '',
			};
		}
		default:
			throw new JwtAuthError('REQUEST_BODY_INVALID', 'Body Content Type has no valid choice.');
	}
}
