import { appleKeyFields, teamIdField } from '../../../core/services/appleKey';

it('asks for the file and the ID, which does not stand in it, and for the team', () => {
	const fields = [...appleKeyFields('Keys'), teamIdField];
	expect(fields.map(({ name, kind, required }) => ({ name, kind, required }))).toEqual([
		{ name: 'privateKey', kind: 'key', required: true },
		{ name: 'keyId', kind: 'text', required: true },
		{ name: 'teamId', kind: 'text', required: true },
	]);
	expect(fields[0]?.description).toBe('The .p8 file from Keys. Apple hands it out only once.');
	expect(fields[1]).toMatchObject({ label: 'Key ID', placeholder: '2X9R4HXF34' });
});

it('does not insist on the ID where another file is taken, in which it stands', () => {
	const [privateKey, keyId] = appleKeyFields('Keys', { orFile: 'Or its JSON file.' });
	expect(privateKey?.description).toMatch(/only once\. Or its JSON file\.$/);
	expect(keyId).toMatchObject({ name: 'keyId', label: 'Key ID', placeholder: '2X9R4HXF34' });
	expect(keyId?.required).toBeUndefined();
});
