import type { Optimization } from '../../../../nodes/JwtHttpRequest/read/optimization';
import { optimize } from '../../../../nodes/JwtHttpRequest/respond/optimizeResponse';
import { expectCode } from '../../../core/support/expectCode';

const json = (given: object): Optimization => ({
	kind: 'json',
	dataField: '',
	include: 'all',
	fields: [],
	...given,
});

const users = [
	{ id: 1, name: { first: 'Ann', last: 'A' } },
	{ id: 2, name: { first: 'Bob', last: 'B' } },
];

it('a body is left alone where nothing was asked for', () => {
	expect(optimize(undefined, users)).toBe(users);
});

describe('of JSON', () => {
	it('one field is taken, and always a list comes out', () => {
		expect(optimize(json({ dataField: 'data' }), { data: users, more: 1 })).toEqual(users);
		expect(optimize(json({ dataField: 'data' }), { data: users[0] })).toEqual([users[0]]);
		expect(optimize(json({ dataField: 'id' }), users)).toEqual([1, 2]);
	});

	it('only the selected fields are kept, nested ones too', () => {
		const optimization = json({ include: 'selected', fields: ['name.first', 'absent'] });
		expect(optimize(optimization, users)).toEqual([
			{ name: { first: 'Ann' } },
			{ name: { first: 'Bob' } },
		]);
	});

	it('fields are left out, and the body itself stays as it is', () => {
		const body = structuredClone(users);
		const optimization = json({ include: 'except', fields: ['name.last', 'absent'] });
		expect(optimize(optimization, body)).toEqual([
			{ id: 1, name: { first: 'Ann' } },
			{ id: 2, name: { first: 'Bob' } },
		]);
		expect(body).toEqual(users);
	});

	it('a field that is not there is an error', () => {
		const run = () => optimize(json({ dataField: 'items' }), { data: users });
		expect(expectCode('RESPONSE_FIELD_MISSING', run).message).toContain('"items"');
	});

	it('what is no JSON after all is left alone', () => {
		expect(optimize(json({ dataField: 'items' }), 'a text')).toBe('a text');
	});
});

describe('of a text', () => {
	it('no more than so many characters are kept, of JSON as of text', () => {
		const text = (maxLength: number | undefined): Optimization => ({ kind: 'text', maxLength });
		expect(optimize(text(3), 'abcdef')).toBe('abc');
		expect(optimize(text(undefined), 'abcdef')).toBe('abcdef');
		expect(optimize(text(8), { a: 12345 })).toBe('{"a":123');
	});
});
