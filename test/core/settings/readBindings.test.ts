import type { INodeProperties } from 'n8n-workflow';
import { readBindings } from '../../../core/settings/readBindings';
import { requestBindingField } from '../../../credentials/common/requestFields';

function columns(): INodeProperties[] {
	const [rows] = requestBindingField.options ?? [];
	return rows && 'values' in rows ? rows.values : [];
}

describe('Request Binding', () => {
	it.each([{}, { requestBinding: {} }, { requestBinding: { bindings: [] } }])(
		'has no rows: %j',
		(data) => {
			expect(readBindings(data)).toEqual([]);
		},
	);

	it('has the defaults of the form where n8n has stored none', () => {
		const defaults = Object.fromEntries(columns().map(({ name, default: value }) => [name, value]));
		expect(Object.keys(defaults)).toEqual(['target', 'name', 'value']);
		expect(readBindings({ requestBinding: { bindings: [{}] } })).toEqual([defaults]);
	});

	it.each<[unknown]>([
		[undefined],
		[null],
		['methodHostPath'],
		[5],
		[[{ target: 'payload', name: 'uri', value: 'url' }]],
		[{ target: 'payload', name: 'uri', value: 'url' }],
		[{ bindings: 'url' }],
		[{ bindings: { name: 'uri' } }],
		[{ bindings: ['url'] }],
		[{ bindings: [{ name: ['uri'] }] }],
		[{ bindings: [{ name: 'uri', value: undefined }] }],
		[{ bindings: [], rows: [{ name: 'uri' }] }],
	])('is refused, not ignored: %j', (requestBinding) => {
		expect(() => readBindings({ requestBinding })).toThrow(
			expect.objectContaining({
				code: 'REQUEST_BINDING_INVALID',
				message: expect.stringContaining('Request Binding'),
			}),
		);
	});
});
