import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import type { FieldValue, Form } from '../../../core/settings/fieldValue';

import { writeJson, hasMembers, tryJson } from '../../../core/shared/json';
import { encodeMultipart, type FormPart } from '../../../core/http/multipart';
import { setPath } from '../../../core/shared/objectPath';
import type { BodyParts } from '../../../core/http/requestParts';

import type { NodeForm } from '../../common/nodeForm';
import { readHeaderText } from './requestHeaders';
import { namedRows, readRows, rowsToObject } from './pairs';

const ROWS = ['bodyParameters', 'Body Parameters'] as const;

const inputDataField = (form: Form) => form.field('inputDataFieldName', 'Input Data Field Name');

async function readFile(context: IExecuteFunctions, itemIndex: number, field: FieldValue) {
	const name = field.name();
	// n8n would take what every object has for a file.
	if (name in Object.prototype) field.refuse('the name of a field with a file', 'another name');
	const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, name);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, name);
	return { bytes, fileName: fileName ?? 'file', mimeType };
}

function textOfPart(value: unknown): string {
	return hasMembers(value) ? JSON.stringify(value) : String(value ?? '');
}

async function readPart(
	context: IExecuteFunctions,
	itemIndex: number,
	row: Form,
): Promise<FormPart> {
	const name = row.field('name', 'Name').name();
	const type = row.field('parameterType', 'Type');
	if (type.choice(['formData', 'formBinaryData'], 'formData') === 'formData') {
		return { name, value: textOfPart(row.field('value', 'Value').json()) };
	}
	const { bytes, fileName, mimeType } = await readFile(context, itemIndex, inputDataField(row));
	return { name, value: bytes, fileName, contentType: mimeType };
}

async function readMultipartBody(
	context: IExecuteFunctions,
	itemIndex: number,
	form: NodeForm,
): Promise<BodyParts> {
	const parts: FormPart[] = [];
	for (const row of namedRows(form, ...ROWS)) parts.push(await readPart(context, itemIndex, row));
	return { kind: 'bytes', ...encodeMultipart(parts), overridesHeader: true };
}

function readJsonBody(form: NodeForm): BodyParts {
	const specify = form.field('specifyBody', 'Specify Body');
	if (specify.choice(['keypair', 'json'], 'keypair') === 'keypair') {
		const value: Record<string, unknown> = {};
		for (const row of readRows(form, ...ROWS)) setPath(value, row.name, row.value);
		return { kind: 'json', text: writeJson(value, 'Body Parameters') ?? '' };
	}
	const json = form.json('jsonBody', 'Body (JSON)');
	const text = json.content();
	if (tryJson(text) !== undefined) return { kind: 'json', text };
	throw new JwtAuthError('JSON_MALFORMED', 'Body (JSON) is not valid JSON.');
}

function readFormBody(form: Form): BodyParts {
	const specify = form.field('specifyBody', 'Specify Body');
	if (specify.choice(['keypair', 'string'], 'keypair') === 'keypair') {
		return { kind: 'form', fields: rowsToObject(readRows(form, ...ROWS)) };
	}
	const pairs = new URLSearchParams(form.field('body', 'Body').content());
	const rows = [...pairs].map(([name, value]) => ({ name, value }));
	return { kind: 'form', fields: rowsToObject(rows), arrayFormat: 'repeat' };
}

function readRawBody(form: Form): BodyParts {
	const type = readHeaderText(form.field('rawContentType', 'Content Type'));
	return {
		kind: 'bytes',
		bytes: Buffer.from(form.field('body', 'Body').content(), 'utf8'),
		contentType: type === '' ? 'text/plain' : type,
		overridesHeader: type !== '',
	};
}

/**
 * Reads the body of one item; files are read whole, so that they can be sent again.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `EXPRESSION_UNRESOLVED`, `JSON_MALFORMED`, `JSON_MEMBER_FORBIDDEN`,
 *   `JSON_TOO_LARGE`, `REQUEST_BODY_INVALID`
 * @throws `NodeOperationError` for a file that the item does not have
 */
export async function readBody(
	context: IExecuteFunctions,
	itemIndex: number,
	form: NodeForm,
): Promise<BodyParts> {
	const contentTypes = [
		'binaryData',
		'form-urlencoded',
		'json',
		'multipart-form-data',
		'raw',
	] as const;
	switch (form.field('contentType', 'Body Content Type').choice(contentTypes, 'json')) {
		case 'json':
			return readJsonBody(form);
		case 'form-urlencoded':
			return readFormBody(form);
		case 'multipart-form-data':
			return await readMultipartBody(context, itemIndex, form);
		case 'binaryData': {
			const { bytes, mimeType } = await readFile(context, itemIndex, inputDataField(form));
			return { kind: 'bytes', bytes, contentType: mimeType, overridesHeader: false };
		}
		case 'raw':
			return readRawBody(form);
	}
}
