// @ts-check
'use strict';

// npm run new:service -- "Acme Cloud": writes what a service needs, to be filled in. See CONTRIBUTING.md.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { format, resolveConfig } = require('prettier');
const { docsAddress } = require('./docsLinks');
const { JSON_HERE, TABLE_HERE } = require('./genericRecipe');

const root = path.join(__dirname, '..');

/** The names a service goes by. @param {string} name as a person says it, e.g. "Acme Cloud" */
function namesOf(name) {
	const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
	const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
	const pascal = capital.join('');
	const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
	return { name, pascal, camel, kebab: words.join('-').toLowerCase() };
}

/** @typedef {ReturnType<typeof namesOf>} Names */

/** @param {Names} names */
const row = ({ name, camel, kebab }) => `import { defineService, key, needed } from './fields';

/** TODO: what of it the credential is for. */
export const ${camel} = defineService({
	name: '${name}',
	recipe: '${kebab}',
	exchanges: false,
	api: { url: 'https://api.example.com' },
	hosts: 'api.example.com',
	advice: 'Check that Private Key and Client ID belong together.',
	forbidden: 'Give the client the right to do this.',
	test: { baseUrl: 'https://api.example.com', path: '/v1/me' },
	fields: [
		needed('clientId', 'Client ID', 'TODO: where it stands'),
		key('privateKey', 'Private Key', 'TODO: where it is handed out'),
	],
	toGeneric: ({ clientId, privateKey }) => ({
		algorithm: 'RS256',
		privateKey,
		payload: { iss: clientId, aud: 'https://api.example.com/' },
		expiresIn: '5m',
	}),
});
`;

/** @param {Names} names */
const credentialClass = ({
	name,
	pascal,
	camel,
	kebab,
}) => `import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { ${camel} } from '../core/services/${camel}';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** ${name}; see core/services/${camel}.ts. */
export class ${pascal}JwtApi extends serviceCredential(${camel}) implements ICredentialType {
	name = '${camel}JwtApi';

	displayName = '${name} JWT API';

	documentationUrl = '${docsAddress()}/recipes/${kebab}.md';

	icon: Icon = serviceIcon(${camel});

	test: ICredentialTestRequest = serviceTest(${camel});
}
`;

/** @param {Names} names */
const unitTest = ({ camel }) => `import { createPublicKey } from 'node:crypto';
import { ${camel} } from '../../../core/services/${camel}';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

stopClock();

it('TODO: what the service gets', async () => {
	const form = { clientId: 'client-1', privateKey: pem(rsa, 'pkcs8') };
	const key = { publicKey: createPublicKey(rsa) };
	const { jwt, request } = await callService(${camel}, form, key, { url: 'https://api.example.com/x' });
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT' },
		payload: { iss: 'client-1', aud: 'https://api.example.com/', iat: NOW, exp: NOW + 300 },
	});
	expect(Object.keys(request.headers)).toEqual(['authorization']);
});
`;

/** @param {Names} names */
const serviceCase = ({
	camel,
}) => `import { lives, otherRsa, pem, publicHalf, rsa, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: '${camel}JwtApi',
	form: { clientId: 'client-1', privateKey: pem(rsa) },
	keys: publicHalf(rsa),
	hosts: ['api.example.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 300),
		alg: jwt.header.alg === 'RS256',
		iss: jwt.payload.iss === 'client-1',
		aud: jwt.payload.aud === 'https://api.example.com/',
	}),
	tested: 'api.example.com/v1/me',
	called: 'https://api.example.com/v1/items',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the ID': { form: { clientId: 'client-2' }, says: /Client ID/ },
	},
};
`;

/** @param {Names} names */
const recipe = ({ name }) => `# ${name}

TODO: what it does.

> TODO: what of it was checked with the vendor.

## Credential

${TABLE_HERE}

## Request

TODO: a request that shows that it works.

## Limits and pitfalls

- TODO: how long a token may live.

## The same by API

${JSON_HERE}

## Source

- TODO: address of the vendor's page
`;

/** Sorted lines of a list, with one more; unchanged where it is there. @param {string[]} lines @param {string} line */
const withLine = (lines, line) => (lines.includes(line) ? lines : [...lines, line].sort());

/** @param {Names} names */
function register({ pascal }) {
	const manifestFile = path.join(root, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
	const built = `dist/credentials/${pascal}JwtApi.credentials.js`;
	manifest.n8n.credentials = withLine(manifest.n8n.credentials, built);
	writeFileSync(manifestFile, `${JSON.stringify(manifest, null, '\t')}\n`);
	const indexFile = path.join(root, 'index.js');
	const [first = '', ...rest] = readFileSync(indexFile, 'utf8').trimEnd().split('\n');
	const lines = withLine(rest.slice(0, -1), `\t...require('./${built}'),`);
	writeFileSync(indexFile, [first, ...lines, '};', ''].join('\n'));
}

/** Writes a file that is not there yet. @param {string} name @param {string} text */
async function write(name, text) {
	const file = path.join(root, name);
	if (existsSync(file)) {
		console.log(`kept    ${name}`);
		return;
	}
	const options = await resolveConfig(file);
	writeFileSync(file, await format(text, { ...options, filepath: file }));
	console.log(`wrote   ${name}`);
}

async function main() {
	const [name] = process.argv.slice(2);
	if (!name || !/^[A-Za-z][\w .-]*$/.test(name)) {
		console.error('Say how the service is called: npm run new:service -- "Acme Cloud"');
		process.exitCode = 1;
		return;
	}
	const names = namesOf(name);
	const { camel, pascal, kebab } = names;
	await write(`core/services/${camel}.ts`, row(names));
	await write(`credentials/${pascal}JwtApi.credentials.ts`, credentialClass(names));
	await write(`test/core/services/${camel}.test.ts`, unitTest(names));
	await write(`test/support/services/cases/${camel}.ts`, serviceCase(names));
	await write(`docs/recipes/${kebab}.md`, recipe(names));
	register(names);
	console.log(
		'changed package.json and index.js\nFill in what says TODO; CONTRIBUTING.md has the rest.',
	);
}

void main();
