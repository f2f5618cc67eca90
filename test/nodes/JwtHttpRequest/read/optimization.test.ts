import { readOptimization } from '../../../../nodes/JwtHttpRequest/read/optimization';
import { standIn } from '../../support/standIn';

describe('Optimize Response', () => {
	const optimization = (form: Record<string, unknown>) =>
		readOptimization(standIn({ parameters: [form] }).context, 0);

	it('is off unless it was switched on', () => {
		expect(optimization({ responseType: 'text' })).toBeUndefined();
	});

	it('says which fields of JSON are kept', () => {
		const form = { dataField: 'data', fieldsToInclude: 'selected', fields: 'id, user.name,' };
		expect(optimization({ optimizeResponse: true, ...form })).toEqual({
			kind: 'json',
			dataField: 'data',
			include: 'selected',
			fields: ['id', 'user.name'],
		});
	});

	it('says how much of a text is kept', () => {
		const form = { optimizeResponse: true, responseType: 'text', maxLength: 20 };
		expect(optimization(form)).toEqual({ kind: 'text', maxLength: undefined });
		expect(optimization({ ...form, truncateResponse: true })).toEqual({
			kind: 'text',
			maxLength: 20,
		});
	});
});
