import {
	CREDENTIAL_EMPTY_VALUE,
	NodeHelpers,
	type ICredentialType,
	type INodeParameters,
} from 'n8n-workflow';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';
import { readBindingRows, readRecipe, readRows, RECIPES } from '../support/recipes';
import { describeInBrowser } from './support/chrome';
import type { CredentialForm } from './support/credentialForm';
import { Editor } from './support/editor';
import { storedCredentials } from './support/storedCredentials';

const TYPES = new Map<string, ICredentialType>(
	[new JwtExchangeApi(), new JwtSignApi(), new JwtTokenApi()].map((type) => [type.name, type]),
);

const recipes = RECIPES.map((name) => {
	const { page, credential } = readRecipe(name);
	const type = TYPES.get(credential.type);
	if (!type) throw new Error(`The recipe ${name} has a credential of no type of ours.`);
	return { name, rows: readRows(page), data: credential.data, type };
});

/**
 * What n8n makes of stored data before a credential sees it: defaults filled in, hidden fields and
 * unknown ones dropped.
 */
function asUsed({ properties }: ICredentialType, data: object): INodeParameters | null {
	// What a new credential has of a key that n8n did not make.
	const given = Object.entries(data).filter(([, value]) => value !== CREDENTIAL_EMPTY_VALUE);
	return NodeHelpers.getNodeParameters(
		properties,
		Object.fromEntries(given) as INodeParameters,
		true,
		false,
		null,
		null,
	);
}

describeInBrowser('a recipe followed in the form', () => {
	let editor: Editor;
	/** Whether the last form was closed, and n8n shows its list of credentials. */
	let isAtList = false;
	const ids = new Map<string, string>();
	let stored: ReturnType<typeof storedCredentials> | undefined;

	beforeAll(async () => {
		editor = await Editor.open();
		// The keys of recipes are words: what a test would say, and whom it would ask, is beside the point.
		await editor.page.route('**/rest/credentials/test', async (route) => {
			await route.fulfill({ json: { data: { status: 'OK', message: '' } } });
		});
	});

	afterAll(async () => {
		await editor.close();
	});

	/** Stays on the page between credentials, which takes a fraction of loading it anew. */
	async function newForm(typeName: string): Promise<CredentialForm> {
		const wasAtList = isAtList;
		isAtList = false;
		return wasAtList ? await editor.nextCredential(typeName) : await editor.newCredential(typeName);
	}

	it.each(recipes)('$name: every row of its table can be entered', async ({ name, rows, type }) => {
		const form = await newForm(type.displayName);
		for (const { field, value } of rows) {
			if (field === 'Request Binding') {
				for (const row of readBindingRows(value)) await form.addBinding(row);
			} else {
				await form.fill(field, value);
			}
		}
		await editor.settle();
		ids.set(name, await form.saveNew());
		await form.close();
		isAtList = true;
	});

	it.each(recipes)('$name: what n8n has stored is what its JSON says', async (recipe) => {
		stored ??= storedCredentials();
		const data = (await stored).get(ids.get(recipe.name) ?? '');
		expect(asUsed(recipe.type, data ?? {})).toEqual(asUsed(recipe.type, recipe.data));
	});
});
