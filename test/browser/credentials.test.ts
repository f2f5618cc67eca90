import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { testingAlone } from '../e2e/support/n8nSession';
import { startTokenService, type TokenService } from '../e2e/support/tokenServer';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepDialogImage } from './support/images';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = String(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }));
const publicPem = String(rsa.publicKey.export({ type: 'spki', format: 'pem' }));

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object) => `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
const goodToken = token({ sub: 'someone', exp: 4102444800 });
const expiredToken = token({ sub: 'someone', exp: 1700000000 });

/** One credential type: what a person pastes, and what a usual mistake tells them. */
interface FormCase {
	/** Name in n8n's list of credential types. */
	type: string;
	/** File name of its pictures. */
	image: string;
	/** Field to paste into, and what; secrets first, `payload` and the like replace what is there. */
	pasted: Record<string, string>;
	/** Fields of `pasted` that must be masked ever after. */
	secrets: string[];
	wrong: { field: string; value: string; hint: string };
}

/** Stands in for the address of the token endpoint, known once it is up. */
const TOKEN_URL = 'token-url';

const FORMS: FormCase[] = [
	{
		type: 'JWT Sign API',
		image: 'jwt-sign-api',
		pasted: {
			privateKey: privatePem,
			payload: '{ "iss": "123456", "aud": "https://api.example.com" }',
		},
		secrets: ['privateKey'],
		wrong: {
			field: 'privateKey',
			value: publicPem,
			hint: 'Paste the private key; a public key can only verify. [KEY_IS_PUBLIC]',
		},
	},
	{
		type: 'JWT Token Exchange API',
		image: 'jwt-token-exchange-api',
		pasted: {
			privateKey: privatePem,
			tokenUrl: TOKEN_URL,
			payload: '{ "iss": "robot@example.com", "sub": "robot@example.com" }',
		},
		secrets: ['privateKey'],
		wrong: {
			field: 'privateKey',
			value: publicPem,
			hint: 'Paste the private key; a public key can only verify. [KEY_IS_PUBLIC]',
		},
	},
	{
		type: 'JWT Existing Token API',
		image: 'jwt-auth-api',
		pasted: { token: goodToken },
		secrets: ['token'],
		wrong: {
			field: 'token',
			value: expiredToken,
			hint: 'Get a new token from its issuer and put it in the credential. [TOKEN_EXPIRED]',
		},
	},
];

describeInBrowser('a credential made in the editor', () => {
	let editor: Editor;
	let service: TokenService;

	beforeAll(async () => {
		service = await startTokenService();
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
		await service.stop();
	});

	it.each(FORMS)(
		'$type: pasted, tested, saved, reopened, and red with a hint when wrong',
		async (form) =>
			await testingAlone(async () => {
				const { page } = editor;
				const created = await editor.newCredential(form.type);
				await keepDialogImage(page, form.image, created.dialog);
				for (const [field, value] of Object.entries(form.pasted)) {
					const text = value === TOKEN_URL ? `${service.endpoint.url}/token` : value;
					await editor.pasteOver(editor.field(field), text);
				}
				for (const field of form.secrets) {
					expect(await editor.field(field).inputValue()).toBe(form.pasted[field]);
				}
				const name = await created.name();
				await created.save();
				await created.waitForGreen();
				await keepDialogImage(page, `${form.image}-green`, created.dialog);

				const reopened = await editor.openCredential(name);
				await reopened.waitForGreen();
				const shown = await page.content();
				for (const field of form.secrets) {
					const secret = form.pasted[field] ?? '';
					expect(await editor.field(field).inputValue()).not.toContain(secret.slice(30, 60));
					expect(shown).not.toContain(secret.slice(30, 60));
				}

				await editor.pasteOver(editor.field(form.wrong.field), form.wrong.value);
				await reopened.save();
				expect(await reopened.waitForRed()).toContain(form.wrong.hint);
				await keepDialogImage(page, `${form.image}-red`, reopened.dialog);
			}),
	);

	it('JWT Sign API asks for a Secret with HS algorithms and a Private Key with all others', async () => {
		const form = await editor.newCredential('JWT Sign API');
		expect(await form.fields()).toEqual([
			'algorithm',
			'keySource',
			'privateKey',
			'payload',
			'autoTimeClaims',
			'expiresIn',
			'keyId',
			'keyIdFromKey',
			'allowedHttpRequestDomains',
			'useAdvanced',
		]);
		await editor.choose('algorithm', 'HS256');
		await editor.field('secret').waitFor();
		expect(await form.fields()).not.toContain('privateKey');
		await editor.choose('algorithm', 'ES256');
		await editor.field('privateKey').waitFor();
		expect(await form.fields()).not.toContain('secret');
	});

	it('shows under Advanced Options what is chosen, and drops the rest when it is saved', async () => {
		const OTHERS = [
			'algorithm',
			'secret',
			'payload',
			'autoTimeClaims',
			'expiresIn',
			'keyId',
			'allowedHttpRequestDomains',
			'useAdvanced',
		];
		const CLOCK = ['backdateIat', 'addNbf', 'addJti', 'timesInMilliseconds', 'reuseUntilExpiry'];
		// As credentials were stored when one switch showed everything.
		const { id } = (await editor.client.rest('POST', '/credentials', {
			name: 'With a switch',
			type: 'jwtSignApi',
			data: {
				algorithm: 'HS256',
				secret: randomBytes(32).toString('hex'),
				payload: '{ "iss": "n8n" }',
				useAdvanced: true,
				backdateIat: 30,
				headerPrefix: 'Token',
			},
		})) as { id: string };
		const form = await editor.openCredential('With a switch');
		await form.waitForGreen();
		expect(await form.fields()).toEqual(expect.arrayContaining([...CLOCK, 'metadata']));
		expect(await editor.field('backdateIat').inputValue()).toBe('30');

		await editor.switchOn('useAdvanced');
		await editor.field('backdateIat').waitFor({ state: 'detached' });
		expect(await form.fields()).toEqual(OTHERS);
		await form.fill('Advanced Options', 'Clock and Claims');
		await editor.field('backdateIat').waitFor();
		expect(await form.fields()).toEqual([...OTHERS, ...CLOCK]);
		expect(await editor.field('backdateIat').inputValue()).toBe('30');
		await form.save();
		await form.waitForGreen();
		const { data } = await editor.client.getCredential(id);
		expect(data).toMatchObject({ useAdvanced: ['clock'], backdateIat: 30 });
		expect(data).not.toHaveProperty('headerPrefix');
	});

	it('opens every form empty, however the one before it was filled in', async () => {
		const first = await editor.newCredential('JWT Sign API');
		await first.fill('Private Key', privatePem);
		await first.fill('Advanced Options', 'Placement and Headers, Request Binding');
		await first.fill('Additional Headers', '{ "X-Team": "blue" }');
		await first.addBinding({ Name: 'uri', Value: 'Host' });
		await first.addBinding({ Name: 'body' });
		await editor.settle();
		const filled = await editor.client.getCredential(await first.saveNew());
		expect(filled.data.requestBinding).toMatchObject({
			bindings: [{ name: 'uri', value: 'host' }, { name: 'body' }],
		});
		await first.close();

		const second = await editor.nextCredential('JWT Sign API');
		expect(await second.fields()).not.toContain('additionalHeaders');
		await second.fill('Advanced Options', 'Request Binding');
		await editor.page.getByTestId('fixed-collection-requestBinding').waitFor();
		expect(await second.bindings()).toBe(0);
		await second.addBinding({ Name: 'path' });
		expect(await editor.field('privateKey').inputValue()).toBe('');
		// n8n saves nothing as long as a required field is empty.
		await second.fill('Private Key', privatePem);
		await editor.settle();
		const { data } = await editor.client.getCredential(await second.saveNew());
		expect(data.requestBinding).toMatchObject({ bindings: [{ name: 'path' }] });
		expect(data.useAdvanced).toEqual(['binding']);
		expect(data).not.toHaveProperty('additionalHeaders');
		await second.close();
	});

	it('keeps what was set under Advanced Options: rows, JSON, numbers and a date', async () => {
		const { page } = editor;
		const form = await editor.newCredential('JWT Sign API');
		await editor.paste(editor.field('privateKey'), privatePem);
		await editor.pasteOver(editor.field('payload'), '{ "iss": "123456" }');
		await form.fill(
			'Advanced Options',
			'Clock and Claims, Placement and Headers, Request Binding, Expiry and Metadata',
		);
		await editor.pasteOver(editor.field('backdateIat'), '60');
		await editor.pasteOver(editor.field('additionalHeaders'), '{ "X-API-Key": "a-secret-value" }');
		await editor.click(page.getByTestId('fixed-collection-add'));
		const row = page.getByTestId('fixed-collection-requestBinding');
		await editor.paste(
			row.locator('[data-test-id$=".name"] input, input[placeholder="e.g. uri"]').first(),
			'uri',
		);
		await editor.paste(editor.field('credentialExpiresAt'), '2099-12-31 00:00:00');
		await page.keyboard.press('Enter');
		await keepDialogImage(page, 'jwt-sign-api-advanced', form.dialog);
		const name = await form.name();
		await form.save();
		await form.waitForGreen();

		const listed = await editor.client.listCredentials();
		const id = listed.find((credential) => credential.name === name)?.id ?? '';
		const { data } = await editor.client.getCredential(id);
		expect(data).toMatchObject({
			useAdvanced: ['clock', 'placement', 'binding', 'expiry'],
			backdateIat: 60,
			// The editor stores of a row what was changed; n8n fills in the defaults when it is used.
			requestBinding: { bindings: [{ name: 'uri' }] },
			credentialExpiresAt: expect.stringMatching(/^2099-12-31/),
		});
		expect(JSON.stringify(data)).not.toContain('a-secret-value');
		const reopened = await editor.openCredential(name);
		await reopened.waitForGreen();
		expect(await page.content()).not.toContain('a-secret-value');
	});
});
