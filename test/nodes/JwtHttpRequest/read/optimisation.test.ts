import { readOptimisation } from '../../../../nodes/JwtHttpRequest/read/optimisation';
import { standIn } from '../../support/standIn';

describe('Optimize Response', () => {
	const optimisation = (form: Record<string, unknown>) =>
		readOptimisation(standIn({ parameters: [form] }).context, 0);

	it('is off unless it was switched on', () => {
		expect(optimisation({ responseType: 'text' })).toBeUndefined();
	});

	it('says which fields of JSON are kept', () => {
		const form = { dataField: 'data', fieldsToInclude: 'selected', fields: 'id, user.name,' };
		expect(optimisation({ optimizeResponse: true, ...form })).toEqual({
			kind: 'json',
			dataField: 'data',
			include: 'selected',
			fields: ['id', 'user.name'],
		});
	});

	it('says how much of a text is kept', () => {
		const form = { optimizeResponse: true, responseType: 'text', maxLength: 20 };
		expect(optimisation(form)).toEqual({ kind: 'text', maxLength: undefined });
		expect(optimisation({ ...form, truncateResponse: true })).toEqual({
			kind: 'text',
			maxLength: 20,
		});
	});
});
