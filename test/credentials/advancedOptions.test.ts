import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import {
	ADVANCED_GROUPS,
	advancedFields,
	groupName,
	type AdvancedField,
	type AdvancedGroup,
} from '../../core/settings/advancedOptions';
import { ADVANCED_LABELS } from '../../core/settings/fieldPlaces';
import { withAdvancedOptions } from '../../credentials/common/advancedOptions';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';

const ALL_MEMBERS = new Set<string>(Object.values(ADVANCED_GROUPS).flat());

const isAdvanced = (name: string): name is AdvancedField => ALL_MEMBERS.has(name);

/** Data before expressions are resolved, as n8n makes it of what is stored. */
function handedOver(properties: INodeProperties[], data: INodeParameters): INodeParameters {
	return NodeHelpers.getNodeParameters(properties, data, true, false, null, null) ?? {};
}

function choice(properties: INodeProperties[]): INodeProperties {
	const field = properties.find(({ type }) => type === 'multiOptions');
	if (!field) throw new Error('no choice of groups');
	return field;
}

function groupsOf(properties: INodeProperties[]): string[] {
	return (choice(properties).options ?? []).flatMap((option) =>
		'value' in option ? String(option.value) : [],
	);
}

describe.each([new JwtSignApi(), new JwtExchangeApi()])(
	'Advanced Options of $displayName',
	({ properties }) => {
		const groups = groupsOf(properties);
		/** Says what other fields have to hold so that no field is hidden but by its group. */
		const WIDE = { grant: 'jwtBearer', addNbf: true };
		const names = (data: INodeParameters) =>
			Object.keys(handedOver(properties, { ...WIDE, ...data }))
				.filter((name) => ALL_MEMBERS.has(name))
				.sort();

		it('are named in errors as the form names them', () => {
			for (const { name, displayName, type } of properties) {
				if (!isAdvanced(name) || type === 'notice') continue;
				expect([name, ADVANCED_LABELS[name]]).toEqual([name, displayName]);
			}
			const names = (choice(properties).options ?? []).map(({ name }) => name);
			const exchanges = groups.includes('exchange');
			for (const group of Object.keys(ADVANCED_GROUPS) as AdvancedGroup[]) {
				if (groups.includes(group)) expect(names).toContain(groupName(group, exchanges));
			}
		});

		it('keep the fields of each group that is chosen, and no other', () => {
			for (const group of groups) {
				const members: readonly string[] =
					Object.entries(ADVANCED_GROUPS).find(([name]) => name === group)?.[1] ?? [];
				const kept = names({ useAdvanced: [group] });
				expect(kept.length).toBeGreaterThan(0);
				expect(kept.filter((name) => !members.includes(name))).toEqual([]);
			}
			expect(names({ useAdvanced: [] })).toEqual([]);
			expect(names({})).toEqual([]);
		});

		it('keep all of them where a script or an older credential says true', () => {
			expect(names({ useAdvanced: true })).toEqual(names({ useAdvanced: groups }));
			expect(names({ useAdvanced: false })).toEqual([]);
			const both = names({ useAdvanced: true, backdateIat: 30 });
			expect(both).toEqual(expect.arrayContaining(['backdateIat', 'additionalHeaders']));
		});

		it('by expression keep all, of which core takes what the expression chose', () => {
			const data = handedOver(properties, { ...WIDE, useAdvanced: '={{ ["clock"] }}' });
			expect(data).toHaveProperty('additionalHeaders');
			const counting = advancedFields({ ...data, useAdvanced: ['clock'] });
			expect(Object.keys(counting)).toContain('backdateIat');
			expect(Object.keys(counting)).not.toContain('additionalHeaders');
		});

		it("begin empty, and n8n's public API takes the list: it judges by the last property", () => {
			const same = properties.filter(({ name }) => name === 'useAdvanced');
			expect(same.map(({ default: value }) => value)).toEqual([[], []]);
			expect(same.at(-1)).toBe(choice(properties));
		});

		it('show one choice only: the switch for true, the list for anything else', () => {
			const shown = (useAdvanced: INodeParameters[string]) =>
				properties
					.filter(({ name }) => name === 'useAdvanced')
					.filter((field) => NodeHelpers.displayParameter({ useAdvanced }, field, null, null))
					.map(({ type }) => type);
			expect(shown(true)).toEqual(['boolean']);
			expect(shown(false)).toEqual(['multiOptions']);
			expect(shown([])).toEqual(['multiOptions']);
			expect(shown(['clock'])).toEqual(['multiOptions']);
		});

		it('are sorted by name, as n8n wants lists', () => {
			const listed = (choice(properties).options ?? []).map(({ name }) => name);
			expect(listed).toEqual([...listed].sort());
		});
	},
);

it('a field of no group is refused when the form is made', () => {
	const field: INodeProperties = { displayName: 'X', name: 'x', type: 'string', default: '' };
	expect(() => withAdvancedOptions([field])).toThrow('x is in no group');
});
