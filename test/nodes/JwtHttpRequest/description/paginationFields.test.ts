import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { JwtHttpRequest } from '../../../../nodes/JwtHttpRequest/JwtHttpRequest.node';

/** Every field of a form, those of collections and rows included. */
function fieldsWithin(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => [
		field,
		...(field.options ?? []).flatMap((option) => {
			if ('values' in option) return fieldsWithin((option as INodePropertyCollection).values);
			return 'type' in option ? fieldsWithin([option]) : [];
		}),
	]);
}

it('a pagination row that is added in the editor takes the page number, from 1 on', () => {
	const { properties } = new JwtHttpRequest().description;
	const columns = fieldsWithin(properties).flatMap(({ options = [] }) =>
		options.flatMap((option) => ('values' in option ? [option.values] : [])),
	);
	const rows = columns.filter((row) => row.some(({ name }) => name === 'valueFrom'));
	expect(rows).toHaveLength(1);
	// So the editor of n8n 2.41.1 fills a new row: whatever is shown, the last field of a name counts.
	const added = Object.fromEntries(rows.flat().map((field) => [field.name, field.default]));
	expect(added).toMatchObject({ valueFrom: 'pageNumber', start: 1 });
});
