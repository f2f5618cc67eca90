import { appleKeyFields, teamIdField } from '../../../core/services/appleKey';

it('asks for the file and the ID, which does not stand in it, and for the team', () => {
	const fields = [...appleKeyFields('Keys'), teamIdField];
	expect(fields.map(({ name, kind, required }) => ({ name, kind, required }))).toEqual([
		{ name: 'privateKey', kind: 'key', required: true },
		{ name: 'keyId', kind: 'text', required: true },
		{ name: 'teamId', kind: 'text', required: true },
	]);
	expect(fields[0]?.description).toContain('Keys');
});
