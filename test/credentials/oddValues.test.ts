import { authenticateWithPastedToken } from '../../core/authenticate/tokenApi';
import { ADVANCED_GROUPS } from '../../core/settings/advancedOptions';
import type { CredentialData } from '../../core/settings/credentialFields';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWithAccessToken, preAuthenticate } from '../../core/authenticate/exchangeApi';
import { authenticateWithSignedToken } from '../../core/authenticate/signApi';

import { JwtAuthError } from '../../core/errors';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';
import { exchangeData, granted, network } from '../core/support/exchangeCases';
import { signByHand } from '../core/support/tokens';

const cyclic: Record<string, unknown> = {};
cyclic.itself = cyclic;

/** What an expression or a script can put into a field. */
const ODD_VALUES: unknown[] = [
	...[undefined, null, true, false, Number.NaN, Number.POSITIVE_INFINITY, 10n, Symbol('x')],
	...[0, 1, -1, 60, 1.5, -1e300, 1e300, Date.UTC(2099, 0, 1), () => 'x', new Date('x')],
	...['', ' ', 'x', '5', '-5', '0x10', 'true', 'HEX', 'ALL', 'line\nbreak\u0000', '__proto__'],
	...['2099-12-31', '={{ $json.x }}', '{}', '[]', '{ "a": 1 }', 'x'.repeat(10_000)],
	...[[], ['x'], ['all'], [undefined], {}, { a: 1 }, { a: undefined }, { bindings: 'x' }, cyclic],
	...[{ bindings: [5] }, new Date('2099-12-31'), DateTime.fromISO('2099-12-31'), /x/],
	...[Object.create(null), new Map([['a', 1]]), DateTime.fromISO('x')],
];

const request = { url: 'https://api.example.com/v1/x', method: 'POST' };
let exchanges = 0;

/** Everything a type does with its fields for one request. */
const TYPES: Array<{
	type: ICredentialType;
	data: CredentialData;
	/** Rejects with what went wrong. */
	use: (data: CredentialData) => Promise<void>;
}> = [
	{
		type: new JwtTokenApi(),
		data: { token: signByHand({ alg: 'HS256' }, { sub: 'x' }, 'k'.repeat(32), 'HS256') },
		use: async (data) => {
			await Promise.resolve(authenticateWithPastedToken(data, request));
		},
	},
	{
		type: new JwtSignApi(),
		data: exchangeData(),
		use: async (data) => {
			await authenticateWithSignedToken(data, request);
		},
	},
	{
		type: new JwtExchangeApi(),
		data: exchangeData(),
		use: async (given) => {
			// A token endpoint of its own, so that no token of another run is used again.
			const own = `https://auth${++exchanges}.example.com/token`;
			const data = given.tokenUrl === exchangeData().tokenUrl ? { ...given, tokenUrl: own } : given;
			const server = network(granted(`at-${exchanges}`));
			const first = await authenticateWithAccessToken(data, request, server.sleep).catch(
				(error: unknown) => error,
			);
			if (!(first instanceof JwtAuthError && first.code === 'EXCHANGE_NOT_RENEWED')) throw first;
			await preAuthenticate(data, server);
			await authenticateWithAccessToken(data, request, server.sleep);
		},
	},
];

/** What other fields have to say so that n8n shows this one. */
function shown({ displayOptions }: INodeProperties): CredentialData {
	return Object.fromEntries(
		Object.entries(displayOptions?.show ?? {})
			.map(([name, values]) => [name, values?.[0]])
			// A condition such as "not" holds for the default.
			.filter(([, value]) => typeof value !== 'object'),
	);
}

type Judge = (value: unknown, field: INodeProperties) => boolean;

const isObject: Judge = (value) => typeof value === 'object' && value !== null;
const isTextOrNumber: Judge = (value) => typeof value === 'string' || Number.isFinite(value);

/** Whether a value is one the form could have given, or a plain way to write it; by type of field. */
const KINDS: Partial<Record<INodeProperties['type'], Judge>> = {
	boolean: (value) => typeof value === 'boolean',
	multiOptions: (value, { options = [] }) =>
		Array.isArray(value) &&
		value.every((choice) => options.some((option) => 'value' in option && option.value === choice)),
	options: (value, { options = [] }) =>
		options.some((option) => 'value' in option && option.value === value),
	number: (value) =>
		typeof value === 'string'
			? value.trim() !== '' && Number.isFinite(Number(value))
			: Number.isFinite(value),
	string: isTextOrNumber,
	json: (value, field) =>
		typeof value === 'string' || (isObject(value, field) && !Array.isArray(value)),
	dateTime: (value, field) =>
		isTextOrNumber(value, field) || value instanceof Date || DateTime.isDateTime(value),
	fixedCollection: (value, field) =>
		isObject(value, field) && Object.keys(Object(value) as object).length === 0,
};

function isOfKind(field: INodeProperties, value: unknown): boolean {
	const judge = KINDS[field.type];
	if (!judge) throw new Error(`Say what a field of type ${field.type} takes`);
	return judge(value, field);
}

/** Fields that no request uses: what JWT Sign hands out, where Test Connection goes, what a key is made by. */
const UNUSED = ['metadata', 'rsaKeySize', 'testUrl'];

/** Written by n8n and by us: whatever else is there is as good as nothing, and a token is fetched. */
const STORED = ['accessToken', 'tokenState', 'sameForEveryItem'];

function isField({ type, name }: INodeProperties): boolean {
	return type !== 'notice' && type !== 'hidden' && !UNUSED.includes(name) && !STORED.includes(name);
}

/** What the form itself can put into a field with choices, and its default. */
function storable({ type, options = [], default: value }: INodeProperties): unknown[] {
	const choices = options.flatMap((option) => ('value' in option ? option.value : []));
	if (type === 'boolean') return [true, false];
	if (type === 'multiOptions') return [value, choices, ...choices.map((choice) => [choice])];
	return [value, ...choices];
}

describe.each(TYPES)('$type.displayName', ({ type, data, use }) => {
	it('works as it stands', async () => {
		await use(data);
	});

	it.each(type.properties.filter(isField))(
		'takes $displayName ($name) as it is meant, or refuses it by its label',
		async (field) => {
			const outcome = async (value: unknown): Promise<unknown> =>
				await use({ ...data, ...shown(field), [field.name]: value }).then(
					() => undefined,
					(error: unknown) => error,
				);
			for (const value of ODD_VALUES) {
				const error = await outcome(value);
				const isMeant = type.properties.some(
					(other) => other.name === field.name && isField(other) && isOfKind(other, value),
				);
				if (error === undefined) {
					expect({ value, isMeant }).toEqual({ value, isMeant: true });
					continue;
				}
				if (!(error instanceof JwtAuthError)) throw error;
				if (isMeant) continue;
				const label = field.displayName.toLowerCase();
				expect(error.message.toLowerCase()).toContain(label);
			}
		},
	);

	it('never fails with an error of JavaScript, whatever stands in all fields together', async () => {
		const names = type.properties.map(({ name }) => name);
		const odd = fc.constantFrom(...ODD_VALUES);
		const groups = fc.oneof(fc.boolean(), fc.subarray(Object.keys(ADVANCED_GROUPS)));
		const oddData = fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 4 });
		await fc.assert(
			fc.asyncProperty(oddData, groups, async (fields, useAdvanced) => {
				const error: unknown = await use({ ...data, useAdvanced, ...fields }).catch(
					(reason: unknown) => reason,
				);
				if (error !== undefined) expect(error).toBeInstanceOf(JwtAuthError);
			}),
			{ numRuns: 100 },
		);
	});

	it('takes every value the form can store', async () => {
		for (const field of type.properties.filter(isField)) {
			for (const value of storable(field)) {
				const fields = { ...data, ...shown(field), [field.name]: value };
				const error: unknown = await use(fields).catch((reason: unknown) => reason);
				if (error instanceof JwtAuthError) {
					expect({ field: field.name, code: error.code }).not.toEqual({
						field: field.name,
						code: 'FIELD_INVALID',
					});
				}
			}
		}
	});
});
