import { createHmac, randomBytes } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { testingAlone } from '../e2e/support/n8nSession';
import { startTokenService, type TokenService } from '../e2e/support/tokenServer';
import { jwtSign, stockHttpRequest, workflow } from '../e2e/support/workflows';
import { describeInBrowser } from './support/chrome';
import type { CredentialForm } from './support/credentialForm';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

/** Of the two users, one knows how JSON is written. */
const USERS = ['alice', 'x","admin":"true'];
const ITEMS = USERS.map((user) => ({ user }));

const EXPRESSION = '={{ $json.user }}';

/** A person's way of getting `{ "name": "={{ $json.user }}" }` into a JSON field. */
type Entry = (editor: Editor, field: string, name: string) => Promise<void>;

const json = (name: string, value = EXPRESSION) => `{ "${name}": "${value}" }`;

const WAYS: Record<string, Entry> = {
	'typed into the field': async (editor, field, name) => {
		await editor.typeOverAll(editor.field(field), json(name));
	},
	'pasted into the field': async (editor, field, name) => {
		await editor.pasteOver(editor.field(field), json(name));
	},
	'typed between two quotes': async (editor, field, name) => {
		await editor.pasteOver(editor.field(field), json(name, ''));
		const quotes = editor.field(field).locator('.cm-line').getByText('""', { exact: true });
		await editor.typeInto(quotes, EXPRESSION);
	},
	'typed into the large window': async (editor, field, name) => {
		await editor.typeOverAll(await editor.enlarge(field), json(name));
		await editor.reduce();
	},
	'pasted into the large window': async (editor, field, name) => {
		await editor.pasteOver(await editor.enlarge(field), json(name));
		await editor.reduce();
	},
	'pasted, switched to Expression and back': async (editor, field, name) => {
		await editor.pasteOver(editor.field(field), json(name));
		await editor.switchTo(field, 'expression');
		await noticeOf(editor, field).waitFor();
		if (field === 'payload') await keepImage(editor.page, 'payload-notice');
		await editor.switchTo(field, 'fixed');
		await noticeOf(editor, field).waitFor({ state: 'hidden' });
	},
};

/** For fields of the same kind as Payload, which alone is entered in all six ways. */
const TWO_WAYS = Object.entries(WAYS).filter(([way]) =>
	['typed into the field', 'pasted, switched to Expression and back'].includes(way),
);

const LABELS: Record<string, string> = {
	payload: 'Payload',
	headerParameters: 'Header Parameters',
	additionalHeaders: 'Additional Headers',
	bodyParameters: 'Additional Body Parameters',
	exchangeHeaders: 'Exchange Headers',
	metadata: 'Metadata',
};

/** What the form says above a field that is an expression as a whole. */
function noticeOf(editor: Editor, field: string) {
	return editor.page.getByText(`${LABELS[field]} is an expression as a whole`).first();
}

const secret = randomBytes(32).toString('hex');

function decoded(part: string | undefined): Record<string, unknown> {
	return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<
		string,
		unknown
	>;
}

/** Header and claims of an HS256 token, after its signature was computed anew. */
function verified(token: string) {
	const [header, payload, signature] = token.split('.');
	const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
	expect(signature).toBe(expected);
	return { header: decoded(header), payload: decoded(payload) };
}

const claimsWith = (sub: string | undefined) => ({
	sub,
	iat: expect.any(Number),
	exp: expect.any(Number),
});
const headerWith = (who: string | undefined) => ({ alg: 'HS256', typ: 'JWT', who });

describeInBrowser('an expression in a JSON field of a credential', () => {
	let editor: Editor;
	let api: DemoApi;
	let service: TokenService;

	beforeAll(async () => {
		api = await startDemoApi({ keys: [{ secret: Buffer.from(secret) }] });
		service = await startTokenService();
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
		await api.stop();
		await service.stop();
	});

	beforeEach(() => {
		api.clear();
		service.reset();
	});

	async function saved(form: CredentialForm, type: string): Promise<CredentialRef> {
		const name = await form.name();
		await form.save();
		const found = (await editor.client.listCredentials()).find((one) => one.name === name);
		if (!found) throw new Error(`No credential ${name} was saved.`);
		return { id: found.id, name, type };
	}

	async function enter(enterInto: Entry, fields: Record<string, string>): Promise<void> {
		for (const [field, name] of Object.entries(fields)) await enterInto(editor, field, name);
		for (const field of Object.keys(fields)) {
			expect(await noticeOf(editor, field).isVisible()).toBe(false);
		}
	}

	/** Makes a JWT Sign API credential with expressions in these fields. */
	async function signing(by: Entry, fields: Record<string, string>): Promise<CredentialRef> {
		const form = await editor.newCredential('JWT Sign API');
		await editor.choose('algorithm', 'HS256');
		await editor.paste(editor.field('secret'), secret);
		if (!('payload' in fields)) {
			await editor.pasteOver(editor.field('payload'), '{ "sub": "all" }');
			await form.fill(
				'Advanced Options',
				'Token Header, Placement and Headers, Expiry and Metadata',
			);
		}
		await enter(by, fields);
		const credential = await saved(form, 'jwtSignApi');
		await form.waitForGreen();
		return credential;
	}

	it.each(Object.entries(WAYS))('of Payload, %s, is the value of each item', async (_way, by) => {
		const credential = await signing(by, { payload: 'sub' });
		const sent = await editor.client.runWorkflow(
			workflow(ITEMS, stockHttpRequest(credential, `${api.url}/orders`)),
		);
		expect(sent.error?.message).toBeUndefined();
		const claims = api.requests.map(({ token }) => verified(token ?? '').payload);
		expect(claims).toHaveLength(USERS.length);
		expect(claims).toEqual(expect.arrayContaining(USERS.map(claimsWith)));
	});

	it.each(TWO_WAYS)(
		'of the other fields of JWT Sign API, %s, is the value of each item',
		async (_way, by) => {
			const credential = await signing(by, {
				headerParameters: 'who',
				additionalHeaders: 'x-user',
				metadata: 'owner',
			});
			const sent = await editor.client.runWorkflow(
				workflow(ITEMS, stockHttpRequest(credential, `${api.url}/orders`)),
			);
			expect(sent.error?.message).toBeUndefined();
			for (const user of USERS) {
				const request = api.requests.find(({ headers }) => headers['x-user'] === user);
				expect(verified(request?.token ?? '').header).toEqual(headerWith(user));
			}

			const signed = await editor.client.runWorkflow(
				workflow(ITEMS, jwtSign(credential, { options: { includeMetadata: true } })),
			);
			const metadata = outputItems(signed.runData, 'JWT Sign').map(
				({ json: item }) => item.metadata,
			);
			expect(metadata).toEqual(USERS.map((owner) => ({ owner })));
		},
	);

	it.each(TWO_WAYS)(
		'of JWT Token Exchange API, %s, is the value of each item',
		async (_way, by) =>
			await testingAlone(async () => {
				// Another address than the other way's, lest its access tokens be used again.
				const tokenUrl = `${service.endpoint.url}/token?${randomBytes(4).toString('hex')}`;
				const form = await editor.newCredential('JWT Token Exchange API');
				await editor.paste(editor.field('tokenUrl'), tokenUrl);
				await editor.choose('algorithm', 'HS256');
				await editor.paste(editor.field('secret'), secret);
				await form.fill(
					'Advanced Options',
					'Token Header, Exchange Details, Placement and Headers',
				);
				await enter(by, {
					payload: 'sub',
					headerParameters: 'who',
					bodyParameters: 'user',
					exchangeHeaders: 'x-user',
					additionalHeaders: 'x-caller',
				});
				const credential = await saved(form, 'jwtExchangeApi');
				service.reset();

				const sent = await editor.client.runWorkflow(
					workflow(ITEMS, stockHttpRequest(credential, `${service.api.url}/orders`)),
				);
				expect(sent.error?.message).toBeUndefined();
				for (const user of USERS) {
					const exchange = service.exchanges().find(({ headers }) => headers['x-user'] === user);
					const body = new URLSearchParams(exchange?.body);
					expect(body.get('user')).toBe(user);
					expect(body.has('admin')).toBe(false);
					const { header, payload } = verified(body.get('assertion') ?? '');
					expect(payload).toMatchObject({ sub: user });
					expect(payload).not.toHaveProperty('admin');
					expect(header).toEqual(headerWith(user));
				}
				const callers = service.api.requests.map(({ headers }) => headers['x-caller']);
				expect(callers.sort()).toEqual([...USERS].sort());
			}),
	);

	it.each(TWO_WAYS)(
		'of JWT Existing Token API, %s, is the value of each item',
		async (_way, by) => {
			const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
			const content = `${part({ alg: 'HS256' })}.${part({ sub: 'all', exp: 4102444800 })}`;
			const signature = createHmac('sha256', secret).update(content).digest('base64url');
			const form = await editor.newCredential('JWT Existing Token API');
			await editor.paste(editor.field('token'), `${content}.${signature}`);
			await enter(by, { additionalHeaders: 'x-user' });
			const credential = await saved(form, 'jwtTokenApi');
			await form.waitForGreen();
			await editor.client.runWorkflow(workflow(ITEMS, stockHttpRequest(credential, api.url)));
			const users = api.requests.map(({ headers }) => headers['x-user']);
			expect(users.sort()).toEqual([...USERS].sort());
			for (const { token } of api.requests) expect(verified(token ?? '').payload.sub).toBe('all');
		},
	);
});
