import { startOidcIssuer, type OidcIssuer } from '../e2e/support/startOidcIssuer';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

describeInBrowser('a person who wants only callers with a token', () => {
	let editor: Editor;
	let oidc: OidcIssuer;

	beforeAll(async () => {
		oidc = await startOidcIssuer();
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
		await oidc.stop();
	});

	it('gets from an empty editor to a refused and an accepted call in at most 10 interactions', async () => {
		const { page } = editor;
		await editor.goto('/workflow/new');
		await editor.click(page.getByTestId('canvas-plus-button'));
		const node = await editor.addNode('jwt webhook', 'JWT Webhook');
		await editor.paste(editor.field('issuerUrl'), oidc.issuer);
		await editor.paste(editor.field('audience'), oidc.audience);
		await editor.click(page.getByText('Webhook URLs').first());
		const address = page.locator('.webhook-url').first();
		await address.waitFor();
		await editor.click(address);
		const url = await page.evaluate<string>('navigator.clipboard.readText()');
		expect(url).toMatch(/^http.*\/webhook-test\/[\w-]{36}$/);
		await page.getByText(/A call without a valid token gets the reason/).waitFor();
		await keepImage(page, 'jwt-webhook');

		await editor.click(page.getByText('Execute step').first());
		// The address answers from the moment at which the editor says so; the form is closed then.
		await page.getByText('Listening for test event').waitFor();
		const refused = await fetch(url);
		expect(refused.status).toBe(401);
		const authorization = `Bearer ${await oidc.accessToken('orders:read')}`;
		const accepted = await fetch(url, { headers: { authorization } });
		expect(accepted.status).toBe(200);
		await node.output.getByText('jwtPayload').first().waitFor();

		console.log(`JWT Webhook, called: ${editor.interactions} interactions (${editor.strokes}).`);
		expect(editor.interactions).toBeLessThanOrEqual(10);
	});
});
