import { KEPT_KEYS, KEY_NUMBERS, keptKeyField } from '../../../core/settings/keptKeyFields';

it('the first key has the name it had when there was one, the others a number', () => {
	const names = KEY_NUMBERS.map(keptKeyField);
	expect(names).toHaveLength(KEPT_KEYS);
	expect(names.slice(0, 2)).toEqual(['generatedPrivateKey', 'generatedPrivateKey2']);
	expect(new Set(names).size).toBe(KEPT_KEYS);
});
