import {
	ADVANCED_GROUPS,
	advancedFields,
	COMPUTED_GROUPS,
	isFixedChoice,
} from '../../../core/settings/advancedOptions';
import { expectCode } from '../support/expectCode';

describe('fields under Advanced Options', () => {
	it.each<[Record<string, unknown>, boolean, boolean]>([
		[{}, false, false],
		[{}, true, true],
		[{ useAdvanced: true }, false, true],
		[{ useAdvanced: false }, true, false],
	])('%j, %s where there is no such field: all count: %s', (data, without, counts) => {
		const given = { ...data, x: 1 };
		expect(advancedFields(given, without)).toEqual(counts ? given : {});
	});

	it('count where their group is chosen, and no other field does', () => {
		const names = Object.values(ADVANCED_GROUPS).flat();
		const data = Object.fromEntries([...names, 'payload'].map((name) => [name, name]));
		for (const [group, members] of Object.entries(ADVANCED_GROUPS)) {
			const counting = advancedFields({ ...data, useAdvanced: [group] });
			expect(Object.keys(counting).sort()).toEqual([...members].sort());
		}
		const all = advancedFields({ ...data, useAdvanced: Object.keys(ADVANCED_GROUPS) });
		expect(Object.keys(all).sort()).toEqual([...names].sort());
		expect(advancedFields({ ...data, useAdvanced: [] })).toEqual({});
	});

	it('are each in one group', () => {
		const names = Object.values(ADVANCED_GROUPS).flat();
		expect(new Set(names).size).toBe(names.length);
	});

	it('keep a value that an expression did not find, so that it is refused', () => {
		expect(advancedFields({ useAdvanced: ['clock'], addNbf: undefined })).toHaveProperty('addNbf');
	});

	it.each([
		['true', 'Advanced Options is a text; it has to be a list'],
		['clock', 'Advanced Options is a text; it has to be a list'],
		[undefined, 'Advanced Options is an expression that found nothing'],
		[{ clock: true }, 'Advanced Options is an object'],
		[['clock', 'clocks'], 'Advanced Options holds something else than its choices (key, clock,'],
		[[true], 'Advanced Options holds something else'],
		[['toString'], 'Advanced Options holds something else'],
		[[undefined], 'Advanced Options holds something else'],
		[[['clock']], 'Advanced Options holds something else'],
	])('are not guessed where the choice is %j', (useAdvanced, message) => {
		const error = expectCode('FIELD_INVALID', () => advancedFields({ useAdvanced }));
		expect(error.message).toContain(message);
		expect(error.hint).toContain('An expression has to give a list such as ["clock"]');
	});
});

describe('a choice of groups', () => {
	it.each<[Record<string, unknown>, boolean]>([
		[{ useAdvanced: ['clock'] }, true],
		[{ useAdvanced: ['clock'], [COMPUTED_GROUPS]: true }, false],
		[{ useAdvanced: ['x'] }, false],
		[{ useAdvanced: ['clock', 'x'] }, false],
		[{ useAdvanced: 'clock' }, false],
		[{}, false],
	])('%j is the same for every item: %s', (data, expected) => {
		expect(isFixedChoice(data)).toBe(expected);
	});
});
