import { audienceIn, clientKeyFields, SCOPES } from '../../../core/services/clientKey';

it('asks for a client and its key; the ID of the key may be left out', () => {
	const fields = clientKeyFields({ clientId: 'a', privateKey: 'b', keyId: 'c', example: 'x' });
	expect(fields.map(({ name, kind, required }) => [name, kind, required === true])).toEqual([
		['clientId', 'text', true],
		['keySource', 'choice', false],
		['privateKey', 'key', true],
		['keyId', 'text', false],
	]);
	expect(fields[0]?.placeholder).toBe('x');
	expect(fields.map(({ label }) => label)).toEqual([
		'Client ID',
		'Key Source',
		'Private Key',
		'Key ID',
	]);
});

it('knows a refusal of scopes and one of the audience', () => {
	expect(SCOPES[0].test('invalid_scope')).toBe(true);
	const [words, advice] = audienceIn('Realm URL');
	expect(words.test("the 'aud' claim is wrong") && words.test('Invalid token audience')).toBe(true);
	expect(words.test('fraud')).toBe(false);
	expect(advice).toBe('Check Realm URL.');
});
