import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { testingAlone } from '../e2e/support/n8nSession';
import { openai, registerKey } from '../support/keylessVendors';
import { fillIn, readRecipe, readRows, type RecipeRow } from '../support/recipes';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';

const service = openai();

/** Whether the form shows this value already, so that nobody touches the field. */
function isDefault({ field, value }: RecipeRow): boolean {
	return new JwtExchangeApi().properties.some(
		(property) => property.displayName === field && property.default === value,
	);
}

describeInBrowser('somebody who reads only the recipe for OpenAI', () => {
	let editor: Editor;
	let server: Server;
	let origin: string;
	const verdicts: Array<string | undefined> = [];

	beforeAll(async () => {
		await registerKey();
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method = '', url = '', headers } = request;
				const raw = { method, url, headers, body: Buffer.concat(chunks) };
				verdicts.push(url === service.tokenPath ? service.check(raw, origin) : 'path');
				const isGood = verdicts.at(-1) === undefined;
				const { body } = service.answer(`token.${randomUUID()}`, origin);
				response.writeHead(isGood ? 200 : 400, { 'content-type': 'application/json' });
				response.end(JSON.stringify(isGood ? body : { error: verdicts.at(-1) }));
			});
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
		server.closeAllConnections();
		server.close();
	});

	it('has a tested credential after at most 12 interactions', async () => {
		// OpenAI cannot be had here; the addresses lead to what stands in for it.
		const rows = fillIn(readRows(readRecipe('openai').page), service.values).map((row) => {
			if (row.field === 'Token URL') return { ...row, value: `${origin}${service.tokenPath}` };
			return row.field === 'Allowed Domains' ? { ...row, value: '127.0.0.1' } : row;
		});
		expect([editor.interactions, editor.strokes]).toEqual([0, 0]);

		const form = await editor.newCredential('JWT Token Exchange API');
		for (const row of rows) {
			if (!isDefault(row)) await form.fill(row.field, row.value);
		}
		await editor.settle();
		await testingAlone(async () => await form.save());
		await form.waitForGreen();

		console.log(`The recipe for OpenAI: ${editor.interactions} interactions.`);
		expect(verdicts).toEqual([undefined]);
		expect(editor.interactions).toBeLessThanOrEqual(12);
	});
});
