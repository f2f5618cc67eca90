import type { INodeProperties } from 'n8n-workflow';
import {
	ADVANCED_GROUPS,
	COMPUTED_GROUPS,
	groupName,
	type AdvancedGroup,
} from '../../core/settings/advancedOptions';

type Descriptions = Record<AdvancedGroup, string>;

/** What is in the groups, in the order of their fields in the form. */
const DESCRIPTIONS: Descriptions = {
	key: 'Encoding of the secret, passphrase of the key, certificate in the header',
	clock: "Backdated 'iat', the claims 'nbf' and 'jti', times in milliseconds",
	header: "Further members of the token's header",
	binding: 'Method, path or body of the request in the token',
	exchange: 'Further parameters of the token request, what its answer holds, Test URL',
	proof: 'A client certificate for the connection (mTLS)',
	placement: 'Where the token goes in the request, and headers beside it',
	expiry: 'An end date for the credential, and facts that are not secret',
};

const ORDER = Object.keys(DESCRIPTIONS) as AdvancedGroup[];

function groupOf({ name }: INodeProperties): AdvancedGroup | undefined {
	return ORDER.find((group) => (ADVANCED_GROUPS[group] as readonly string[]).includes(name));
}

/** Puts the fields under their groups; a notice belongs to the field before it. */
function grouped(fields: INodeProperties[]): Map<AdvancedGroup, INodeProperties[]> {
	const groups = new Map<AdvancedGroup, INodeProperties[]>();
	let last: AdvancedGroup | undefined;
	for (const field of fields) {
		const group = field.type === 'notice' ? last : groupOf(field);
		if (!group) throw new Error(`${field.name} is in no group of ADVANCED_GROUPS.`);
		groups.set(group, [...(groups.get(group) ?? []), field]);
		last = group;
	}
	return groups;
}

function shownIn(group: AdvancedGroup, field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { useAdvanced: [true, group], ...field.displayOptions?.show },
		},
	};
}

/** The choice itself; `true` is what a credential stored when it was one switch for everything. */
function choiceFields(groups: AdvancedGroup[], descriptions: Descriptions): INodeProperties[] {
	const exchanges = groups.includes('exchange');
	const names = groups.map((value) => ({
		value,
		name: groupName(value, exchanges),
		description: descriptions[value],
	}));
	return [
		// First the switch, since n8n's public API judges a field by the last property of its name. The
		// editor takes the default of the first.
		{
			displayName: 'Advanced Options',
			name: 'useAdvanced',
			type: 'boolean',
			default: [],
			description:
				'Whether all groups of advanced options are shown and used. Switch it off to choose from them; what is in a group that is not chosen is dropped with the next Save.',
			displayOptions: { show: { useAdvanced: [true] } },
		},
		{
			displayName: 'Advanced Options',
			name: 'useAdvanced',
			type: 'multiOptions',
			options: names.sort((one, other) => (one.name < other.name ? -1 : 1)),
			default: [],
			description:
				'Groups of further fields to show. What is set in a group that is not shown is not used.',
			displayOptions: { hide: { useAdvanced: [true] } },
		},
		{
			displayName: 'Computes Advanced Options',
			name: COMPUTED_GROUPS,
			type: 'hidden',
			default: true,
			// Holds for no value, but n8n shows what depends on an expression, even on one in a list.
			displayOptions: { show: { useAdvanced: ['an expression'] } },
		},
	];
}

/**
 * A choice of groups, and after it the fields, each shown only with its group. n8n drops the stored
 * values of fields that are not shown.
 *
 * @param fields each in one group of `ADVANCED_GROUPS`, or a notice after such a field
 * @param descriptions of groups that hold something else here than elsewhere
 * @returns the fields of a group together, whatever their order was
 */
export function withAdvancedOptions(
	fields: INodeProperties[],
	descriptions: Partial<Descriptions> = {},
): INodeProperties[] {
	const groups = grouped(fields);
	const shown = ORDER.filter((group) => groups.has(group));
	return [
		...choiceFields(shown, { ...DESCRIPTIONS, ...descriptions }),
		...shown.flatMap((group) => (groups.get(group) ?? []).map((field) => shownIn(group, field))),
	];
}
