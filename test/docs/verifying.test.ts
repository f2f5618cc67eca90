import { X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { JwtVerify } from '../../nodes/JwtVerify/JwtVerify.node';
import { standIn } from '../nodes/support/standIn';
import { fillIn } from '../support/recipes';
import { tokenIssuers, type TokenIssuer } from '../support/tokenIssuers';
import { readVerifyingRecipe, VERIFYING_RECIPES } from '../support/verifyingRecipes';

const { description } = new JwtVerify();
const issuers = tokenIssuers();

// The tokens are made once: however long the tests take, they are as old as that.
jest.useFakeTimers({
	doNotFake: [
		...(['hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
		...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
		...(['setTimeout', 'clearTimeout'] as const),
	],
});

let server: Server;
let published: Record<string, unknown> = {};

beforeAll(async () => {
	server = createServer((request, response) => {
		const document = published[`https:/${request.url ?? ''}`];
		if (document === undefined) response.writeHead(404);
		response.end(typeof document === 'string' ? document : JSON.stringify(document));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

/** Asks the stand-in for a service, whose address has the host in its path. */
async function ask({ url }: { url: string }) {
	const { host, pathname, search } = new URL(url);
	const { port } = server.address() as AddressInfo;
	const answer = await fetch(`http://127.0.0.1:${port}/${host}${pathname}${search}`);
	const body = Readable.from([Buffer.from(await answer.arrayBuffer())]);
	return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body };
}

/** Parameters as n8n hands them to the node: without fields that it does not show. */
function asN8nReads(parameters: Record<string, unknown>): Record<string, unknown> {
	const given = parameters as INodeParameters;
	const node = { typeVersion: 1 };
	return NodeHelpers.getNodeParameters(
		description.properties,
		given,
		true,
		false,
		node,
		description,
	) as INodeParameters;
}

/** Verdicts on tokens: `VALID` or the reason. */
async function verdicts(
	parameters: Record<string, unknown>,
	issuer: TokenIssuer,
	tokens: string[],
) {
	published = issuer.documents;
	const filled = { ...asN8nReads(fillIn(parameters, issuer.words)), ...issuer.parameters };
	const { context } = standIn({
		parameters: tokens.map((jwt) => ({ ...filled, jwt })),
		httpRequest: ask,
		credentials: { jwtSignApi: issuer.credential ?? {} },
		files: issuer.body && { data: { file: {}, bytes: issuer.body } },
	});
	const outputs = await new JwtVerify().execute.call(context);
	const found = tokens.map(() => 'NONE');
	for (const { json, pairedItem } of outputs.flat()) {
		const { item } = pairedItem as { item: number };
		found[item] = json.valid === true ? 'VALID' : String(json.reason);
	}
	return found;
}

/** The row that tells a parameter: its label in the form, and what the values of options are called. */
function wantedRow(
	properties: INodeProperties[],
	name: string,
	place = '',
): { label: string; field: INodeProperties | undefined } {
	const field = properties.find((property) => property.name === name);
	return { label: `| ${place}${field?.displayName ?? name} |`, field };
}

/** Every text in a value, at any depth, but for the conditions of claims. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'boolean') return value ? ['on'] : ['off'];
	if (typeof value !== 'object' || value === null) return [String(value)];
	return Object.entries(value).flatMap(([name, member]) =>
		name === 'condition' ? [] : textsIn(member),
	);
}

it('there is an issuer for every page', () => {
	expect(Object.keys(issuers).sort()).toEqual([...VERIFYING_RECIPES].sort());
});

describe.each(VERIFYING_RECIPES)('the recipe %s', (name) => {
	const { page, node } = readVerifyingRecipe(name);
	const { parameters } = node;
	const issuer = issuers[name];
	if (!issuer) throw new Error(`${name} has no issuer.`);

	it('sets fields only that the form shows with these values', () => {
		expect(node.type).toBe('n8n-nodes-jwt-auth.jwtVerify');
		expect(asN8nReads(parameters)).toMatchObject(parameters);
	});

	it('tells each of them in its table as the form calls it', () => {
		const rows = page.split('\n').filter((line) => line.startsWith('| '));
		const check = (properties: INodeProperties[], members: object, place = '') => {
			for (const [member, value] of Object.entries(members)) {
				const { label, field } = wantedRow(properties, member, place);
				if (field?.type === 'collection') {
					check(field.options as INodeProperties[], value as object, `${field.displayName} > `);
					continue;
				}
				const row = rows.find((line) => line.startsWith(label)) ?? '';
				const options = field?.type === 'options' ? (field.options as INodePropertyOptions[]) : [];
				const shown = options.find((option) => option.value === value)?.name;
				const isLong = String(value).includes('\n');
				for (const text of isLong ? [] : textsIn(shown ?? value)) {
					expect({ member, row }).toEqual({
						member,
						row: expect.stringContaining(text.replace(/^=/, '')) as string,
					});
				}
				expect({ member, row }).not.toEqual({ member, row: '' });
				if (isLong) expect(page).toContain(String(value).trim());
			}
		};
		check(description.properties, parameters);
	});

	it('lets the tokens of the service in', async () => {
		expect(await verdicts(parameters, issuer, issuer.good)).toEqual(issuer.good.map(() => 'VALID'));
	});

	it.each(issuer.forged)('lets no token in $what', async ({ token, reason }) => {
		expect(await verdicts(parameters, issuer, [token])).toEqual([reason]);
	});
});

it('the root in the recipe for the App Store is Apple’s own', () => {
	const { page, node } = readVerifyingRecipe('app-store-notifications');
	const root = new X509Certificate(String(node.parameters.rootCertificates));
	expect(root.subject).toContain('Apple Root CA - G3');
	expect(root.verify(root.publicKey)).toBe(true);
	expect(page).toContain(root.fingerprint256.replaceAll(':', ''));
	expect(root.fingerprint256.replaceAll(':', '')).toBe(
		'63343ABFB89A6A03EBB57E9B3F5FA7BE7C4F5C756F3017B3A8C488C3653E9179',
	);
});
