import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Service } from '../../core/services/service';
import { ensureRuntime } from '../../playground/runtime';
import { callService } from '../core/services/support/call';
import { makeAuthority } from '../e2e/support/certificateAuthority';
import { ServiceStandIn, type ArrivedAt } from '../e2e/support/serviceStandIn';
import { JudgingService } from '../support/services/judgingService';
import { SERVICE_CASES } from '../support/services/serviceCases';
import { installLocked } from './support/installLocked';
import { serverFolder } from './support/server';

/** Where the vendor's SDK differs from our credential, by path: our value, theirs, and why that is right. */
type Differences = Record<string, [ours: unknown, theirs: unknown, why: string]>;

const RANDOM = 'random';
const NO_JTI: Differences = {
	'payload.jti': [RANDOM, undefined, 'RFC 7523 §3 has it; the vendor does without'],
};
const life = (ours: number, theirs: number, why: string): Differences => ({
	'payload.exp - iat': [ours, theirs, why],
});
const NO_TYP: Differences = {
	'header.typ': ['JWT', undefined, 'the vendor does without; JWT is what it is'],
};

interface Sdk {
	name: string;
	type: string;
	/** Of core/services. */
	row: string;
	differs: Differences;
	/** The status that the stand-in answers it with. */
	status: number;
	/** Where it wants the key in another form. */
	form?: (form: Record<string, unknown>) => Record<string, unknown>;
}

const SDKS: Sdk[] = [
	{
		name: '@octokit/auth-app',
		type: 'githubAppJwtApi',
		row: 'gitHubApp',
		differs: {
			...life(300, 600, 'GitHub allows ten minutes; shorter is safer'),
			...NO_JTI,
			scheme: ['Bearer', 'bearer', 'the name of a scheme has no case (RFC 9110 §11.1)'],
		},
		status: 200,
	},
	{
		name: 'google-auth-library',
		type: 'googleServiceAccountJwtApi',
		row: 'googleServiceAccount',
		differs: {
			'header.kid': ['kid-1', undefined, 'Google finds the key without it, too'],
			...NO_TYP,
			...life(300, 3600, 'Google allows an hour; shorter is safer'),
			...NO_JTI,
		},
		status: 200,
	},
	{
		name: 'box-node-sdk',
		type: 'boxJwtApi',
		row: 'box',
		differs: {
			'header.alg': ['RS512', 'RS256', 'Box takes RS256, RS384 and RS512'],
			'header.kid': ['pk1', undefined, 'Box finds the key without it, too'],
			...NO_TYP,
			...life(45, 30, 'Box allows a minute'),
		},
		status: 200,
	},
	{
		name: 'docusign-esign',
		type: 'docusignJwtApi',
		row: 'docusign',
		differs: { ...life(300, 3600, 'DocuSign allows an hour; shorter is safer'), ...NO_JTI },
		status: 200,
	},
	{
		name: 'livekit-server-sdk',
		type: 'livekitJwtApi',
		row: 'livekit',
		differs: {
			...NO_TYP,
			'payload.exp - iat': [600, undefined, 'LiveKit counts from nbf'],
			'payload.nbf - iat': [0, undefined, 'LiveKit counts from nbf'],
			...Object.fromEntries(
				['sip.admin', 'sip.call', 'video.ingressAdmin', 'video.roomCreate', 'video.roomRecord'].map(
					(grant) => [
						`payload.${grant}`,
						[true, undefined, 'the SDK signs for the one call it makes, we for every call'],
					],
				),
			),
		},
		status: 200,
	},
	{ name: '@vonage/jwt', type: 'vonageJwtApi', row: 'vonage', differs: {}, status: 200 },
	{
		name: '@coinbase/cdp-sdk',
		type: 'coinbaseCdpJwtApi',
		row: 'coinbaseCdp',
		differs: {},
		status: 200,
		// It reads an EC key in PKCS#8 alone.
		form: ({ privateKey }) => {
			const file = JSON.parse(String(privateKey)) as { id: string; privateKey: string };
			const key = createPrivateKey(file.privateKey).export({ format: 'pem', type: 'pkcs8' });
			return { privateKey: JSON.stringify({ ...file, privateKey: key }) };
		},
	},
	{
		name: 'snowflake-sdk',
		type: 'snowflakeJwtApi',
		row: 'snowflake',
		differs: life(
			3540,
			120_000,
			"the driver counts milliseconds, for the login of the driver's own protocol; the SQL API wants seconds",
		),
		// So that the stand-in for the SQL API refuses it.
		status: 401,
	},
];

const cases = SDKS.map(({ type, form }) => {
	const found = SERVICE_CASES.find((one) => one.type === type);
	if (!found) throw new Error(`There is no case for ${type}`);
	return form ? { ...found, form: form(found.form) } : found;
});
const judges = cases.map((service) => new JudgingService(service));
const { folder, remove } = serverFolder('sdks');
let standIn: ServiceStandIn;
const answers = new Map<ArrivedAt, number>();
let printed: string;

function answer(request: ArrivedAt) {
	const judge = judges.find(({ service }) => service.hosts.includes(request.host));
	const given = judge?.answer(request) ?? { status: 404, body: {} };
	answers.set(request, given.status);
	return given;
}

beforeAll(async () => {
	const { node } = await ensureRuntime();
	const installed = await installLocked('sdks', node);
	const authorityFolder = path.join(folder, 'authority');
	const hostsFolder = path.join(folder, 'hosts');
	const authority = makeAuthority(authorityFolder);
	const hosts = cases.flatMap((service) => service.hosts);
	standIn = await ServiceStandIn.start(hosts, answer, { authorityFolder, hostsFolder });
	const forms = path.join(folder, 'forms.json');
	writeFileSync(
		forms,
		JSON.stringify(Object.fromEntries(cases.map((one) => [one.type, one.form]))),
	);
	const script = path.join(__dirname, 'support/sdks.mjs');
	const hook = path.join(__dirname, '../e2e/support/serviceHosts.js');
	const env = {
		...process.env,
		NODE_EXTRA_CA_CERTS: authority,
		JWT_AUTH_TEST_HOSTS: hostsFolder,
		NODE_OPTIONS: '',
	};
	const args = ['--require', hook, script, installed, forms];
	printed = (await promisify(execFile)(node, args, { env })).stdout;
});

afterAll(async () => {
	await standIn.stop();
	remove();
});

type Json = Record<string, unknown>;

/** Times as lives, and what is new each time as a word. */
function comparable(part: Json): Json {
	const { iat, exp, nbf, ...rest } = part;
	const random = ['jti', 'nonce'].filter((name) => name in rest).map((name) => [name, RANDOM]);
	return {
		...rest,
		...Object.fromEntries(random),
		...(exp !== undefined && iat !== undefined && { 'exp - iat': Number(exp) - Number(iat) }),
		...(nbf !== undefined && iat !== undefined && { 'nbf - iat': Number(nbf) - Number(iat) }),
		...(nbf !== undefined && { 'exp - nbf': Number(exp) - Number(nbf) }),
	};
}

function flat(value: unknown, at = ''): Array<[string, unknown]> {
	if (typeof value !== 'object' || value === null) return [[at, value]];
	return Object.entries(value).flatMap(([name, member]) =>
		flat(member, at === '' ? name : `${at}.${name}`),
	);
}

const JWT = /eyJ[\w-]*\.[\w-]+\.[\w-]+/;

function parametersOf(body: string): Json {
	if (body === '') return {};
	const read = body.startsWith('{')
		? (JSON.parse(body) as Json)
		: Object.fromEntries(new URLSearchParams(body));
	return Object.fromEntries(
		Object.entries(read).map(([name, value]) => [
			name,
			JWT.test(String(value)) ? 'the JWT' : value,
		]),
	);
}

function decoded(jwt: string): { header: Json; payload: Json } {
	const [header = {}, payload = {}] = jwt
		.split('.')
		.slice(0, 2)
		.map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json);
	return { header, payload };
}

/** What of the SDK's request tells who it is. */
function theirs({ headers, body, method, host, path: address }: ArrivedAt, isExchange: boolean) {
	const [jwt = ''] = JWT.exec(`${JSON.stringify(headers)} ${body}`) ?? [];
	const { header, payload } = decoded(jwt);
	return {
		header: comparable(header),
		payload: comparable(payload),
		...(isExchange && {
			request: `${method} https://${host}${address}`,
			parameters: parametersOf(body),
		}),
		scheme: String(headers.authorization ?? '').split(' ')[0],
	};
}

const rows = path.join(__dirname, '../../core/services');
const rowOf = (name: string): Service => {
	const file = readdirSync(rows).find((one) => one === `${name}.ts`) ?? '';
	return jest.requireActual<Record<string, Service>>(path.join(rows, file))[name] as Service;
};

describe.each(SDKS)('$name', ({ name: sdk, type, row, differs, status }) => {
	const service = cases.find((one) => one.type === type);

	it('asks for the same as our credential but for what is explained, and the stand-in judges it', async () => {
		const key = service?.keys[0];
		const url = `https://${service?.tested ?? ''}`;
		const arrived = standIn.requests.find(({ host }) => service?.hosts.includes(host));
		if (!service || !key || !arrived) throw new Error(`${sdk} sent nothing: ${printed}`);
		expect(answers.get(arrived)).toBe(status);
		const call = await callService(rowOf(row), service.form, key as never, {
			url,
			method: arrived.method,
			reply: { body: service.exchange?.grant('at-1') ?? {} },
		});
		const { exchange, jwt, request } = call;
		const headers = (exchange?.headers ?? request.headers) as Record<string, string>;
		const ours = {
			header: comparable(jwt.header),
			payload: comparable(jwt.payload),
			...(exchange && {
				request: `${exchange.method} ${exchange.url}`,
				parameters: parametersOf(String(exchange.body ?? '')),
			}),
			scheme: String(headers.authorization ?? '').split(' ')[0],
		};
		const [mine, other] = [ours, theirs(arrived, exchange !== undefined)].map((one) =>
			Object.fromEntries(flat(one)),
		);
		const names = [...new Set([...Object.keys(mine ?? {}), ...Object.keys(other ?? {})])].sort();
		const found = names
			.filter((name) => mine?.[name] !== other?.[name])
			.map((name) => [name, [mine?.[name], other?.[name]]]);
		const explained = Object.entries(differs).map(([name, [a, b]]) => [name, [a, b]]);
		expect(Object.fromEntries(found)).toEqual(Object.fromEntries(explained));
	});
});
