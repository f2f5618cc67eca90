import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { hasMembers } from '../../../core/hasMembers';
import { encodeMultipart, type FormPart } from '../../../core/multipart';
import { setPath } from '../../../core/objectPath';
import type { BodyParts } from '../../../core/requestParts';
import { tryJson } from '../../../core/responseJson';
import { fieldReader, type FieldReader } from '../../common/fieldReader';
import { readJsonField } from '../../common/jsonField';
import { readRows, rowsToObject, type Row } from './pairs';

interface MultipartRow extends Row {
	parameterType?: 'formBinaryData' | 'formData';
	inputDataFieldName?: string;
}

async function readBinary(context: IExecuteFunctions, itemIndex: number, field: string) {
	const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, field);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	return { bytes, fileName: fileName ?? 'file', mimeType };
}

function asText(value: unknown): string {
	return hasMembers(value) ? JSON.stringify(value) : String(value ?? '');
}

async function readMultipart(
	context: IExecuteFunctions,
	itemIndex: number,
	rows: readonly MultipartRow[],
): Promise<BodyParts> {
	const parts: FormPart[] = [];
	for (const { name, value, parameterType, inputDataFieldName: file = '' } of rows) {
		if (parameterType !== 'formBinaryData') {
			parts.push({ name, value: asText(value) });
		} else if (file !== '') {
			const { bytes, fileName, mimeType } = await readBinary(context, itemIndex, file);
			parts.push({ name, value: bytes, fileName, contentType: mimeType });
		}
	}
	return { kind: 'bytes', ...encodeMultipart(parts), overridesHeader: true };
}

function readJson(context: IExecuteFunctions, itemIndex: number, field: FieldReader): BodyParts {
	if (field('specifyBody') !== 'json') {
		const value: Record<string, unknown> = {};
		for (const row of readRows(field, 'bodyParameters')) setPath(value, row.name, row.value);
		return { kind: 'json', text: JSON.stringify(value) };
	}
	const json = readJsonField(context, itemIndex, { name: 'jsonBody', label: 'Body (JSON)' });
	if (typeof json !== 'string') return { kind: 'json', text: JSON.stringify(json) ?? '' };
	if (tryJson(json) !== undefined) return { kind: 'json', text: json };
	throw new JwtAuthError('JSON_MALFORMED', 'The body is not valid JSON.');
}

function readForm(field: FieldReader): BodyParts {
	if (field('specifyBody') !== 'string') {
		return { kind: 'form', fields: rowsToObject(readRows(field, 'bodyParameters')) };
	}
	const pairs = new URLSearchParams(asText(field('body')));
	const rows = [...pairs].map(([name, value]) => ({ name, value }));
	return { kind: 'form', fields: rowsToObject(rows), arrayFormat: 'repeat' };
}

/**
 * Reads the body of one item; files are read whole, so that they can be sent again.
 *
 * @throws {@link JwtAuthError} `JSON_*`, `EXPRESSION_UNRESOLVED`, `REQUEST_BODY_INVALID`
 * @throws `NodeOperationError` for a file that the item does not have
 */
export async function readBody(context: IExecuteFunctions, itemIndex: number): Promise<BodyParts> {
	const field = fieldReader(context, itemIndex);
	switch (field('contentType')) {
		case 'json':
			return readJson(context, itemIndex, field);
		case 'form-urlencoded':
			return readForm(field);
		case 'multipart-form-data':
			return await readMultipart(context, itemIndex, readRows(field, 'bodyParameters'));
		case 'binaryData': {
			const name = String(field('inputDataFieldName') ?? '');
			const { bytes, mimeType } = await readBinary(context, itemIndex, name);
			return { kind: 'bytes', bytes, contentType: mimeType, overridesHeader: false };
		}
		case 'raw': {
			const type = asText(field('rawContentType')).trim();
			return {
				kind: 'bytes',
				bytes: Buffer.from(asText(field('body')), 'utf8'),
				contentType: type === '' ? 'text/plain' : type,
				overridesHeader: type !== '',
			};
		}
		default:
			throw new JwtAuthError('REQUEST_BODY_INVALID', 'Body Content Type has no valid choice.');
	}
}
