import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findAlgorithm } from '../../core/keys/algorithms';
import { checkSigningCredential } from '../../core/authenticate/testConnection';
import { fillIn, readRecipe, readRows, RECIPES } from '../support/recipes';

const root = path.join(__dirname, '../..');

/** The fields of a credential type; undefined for a type that does not exist. */
function formOf(type: string): INodeProperties[] | undefined {
	const name = type.charAt(0).toUpperCase() + type.slice(1);
	const file = path.join(root, 'credentials', `${name}.credentials`);
	if (!existsSync(`${file}.ts`)) return undefined;
	const Type = jest.requireActual<Record<string, new () => ICredentialType>>(file)[name];
	return Type && new Type().properties;
}

/** Whether n8n shows a field; it drops the values of fields it does not show. */
function isShown(field: INodeProperties, form: INodeProperties[], data: object): boolean {
	const values = new Map<string, unknown>([
		...form.map((other): [string, unknown] => [other.name, other.default]),
		...Object.entries(data),
	]);
	const fits = (condition: unknown, value: unknown) => {
		const { _cnd: but } = Object(condition) as { _cnd?: { not?: unknown } };
		return but === undefined ? condition === value : value !== but.not;
	};
	const holds = ([name, wanted]: [string, unknown]) =>
		[values.get(name)]
			.flat()
			.some((value) => (wanted as unknown[]).some((condition) => fits(condition, value)));
	const { show = {}, hide = {} } = field.displayOptions ?? {};
	return Object.entries(show).every(holds) && !Object.entries(hide).some(holds);
}

/** Values that the fields begin with which the form shows for this data. */
function defaultsOf(form: INodeProperties[], data: object): Record<string, unknown> {
	const shown = form.filter((field) => isShown(field, form, data));
	return Object.fromEntries(shown.map((field) => [field.name, field.default]));
}

/** A value as the table of a recipe writes it. */
function shownValue(field: INodeProperties, value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (Array.isArray(value)) return value.map((one) => shownValue(field, one)).join(', ');
	const option = field.options?.find((choice) => 'value' in choice && choice.value === value);
	return option?.name ?? String(value);
}

function keyFor(algorithm: string): string {
	const { keyType, curve } = findAlgorithm(algorithm);
	const { privateKey } =
		keyType === 'RSA'
			? generateKeyPairSync('rsa', { modulusLength: 2048 })
			: keyType === 'EC'
				? generateKeyPairSync('ec', { namedCurve: curve ?? '' })
				: generateKeyPairSync('ed25519');
	return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

const recipes = RECIPES.map((name) => ({ name, ...readRecipe(name) })).flatMap((recipe) => {
	const form = formOf(recipe.credential.type);
	return form ? [{ ...recipe, form }] : [];
});

describe.each(recipes)('the recipe $name', ({ page, credential, form }) => {
	const { data } = credential;
	const rows = page.split('\n').filter((line) => line.startsWith('| '));

	it('sets fields only that the form has and shows with these values', () => {
		for (const name of Object.keys(data)) {
			const fields = form.filter((field) => field.name === name);
			expect({ name, shown: fields.some((field) => isShown(field, form, data)) }).toEqual({
				name,
				shown: true,
			});
		}
	});

	it('names each of them in its table as the form does, with the same value', () => {
		for (const [name, value] of Object.entries(data)) {
			const field = form.find((other) => other.name === name && isShown(other, form, data));
			const row = rows.find((line) => line.startsWith(`| ${field?.displayName} |`)) ?? '';
			const expected = field?.type === 'fixedCollection' || !field ? '' : shownValue(field, value);
			expect({ name, row }).toEqual({ name, row: expect.stringContaining(expected) });
			expect({ name, row }).not.toEqual({ name, row: '' });
		}
	});

	it('has no row more than is needed: none for a value that the form begins with', () => {
		const usual = defaultsOf(form, data);
		const needless = Object.entries(data).filter(([name, value]) => usual[name] === value);
		expect(needless).toEqual([]);
		expect(readRows(page).map(({ field }) => field)).toHaveLength(Object.keys(data).length);
	});

	it('says where to click, and what to call the credential', () => {
		const type = new Map([
			['jwtExchangeApi', 'JWT Token Exchange'],
			['jwtSignApi', 'JWT Sign'],
		]).get(credential.type);
		expect(page).toContain(`search for \`${type}\`, choose [${type} API]`);
		expect(page).toContain(`call it **${credential.name}**`);
	});

	if (credential.type === 'jwtSignApi') {
		it('signs', async () => {
			const id = randomBytes(12).toString('hex');
			const secret = randomBytes(32).toString('hex');
			const { algorithm: usual } = defaultsOf(form, data);
			const algorithm = String(data.algorithm ?? usual);
			const filled = fillIn(data, {
				YOUR_SECRET: data.keyEncoding === 'hex' ? `${id}:${secret}` : secret,
				YOUR_PRIVATE_KEY: algorithm.startsWith('HS') ? '' : keyFor(algorithm),
			});
			await expect(checkSigningCredential(filled, new Date())).resolves.toBeUndefined();
		});
	}
});

it('a GitHub App needs six values', () => {
	const { page } = readRecipe('github-app');
	const [needed = ''] = page.split('Not needed');
	expect(readRows(needed).map(({ field }) => field)).toEqual([
		'How the Service Takes the JWT',
		'Token URL',
		'Private Key',
		'Payload',
		'Token Field',
		'Expiry Field',
	]);
});

it('covers the recipes of the signing credential at least', () => {
	expect(recipes.filter(({ credential }) => credential.type === 'jwtSignApi').length).toBe(
		RECIPES.filter((name) => readRecipe(name).credential.type === 'jwtSignApi').length,
	);
});
