import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';
import { ERROR_HINTS } from '../../core/errors';
import type { CredentialData } from '../../core/settings/credentialFields';
import { JwtHttpRequest } from '../../nodes/JwtHttpRequest/JwtHttpRequest.node';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';
import { JwtVerify } from '../../nodes/JwtVerify/JwtVerify.node';
import { CA, issue } from '../core/support/certificateChains';
import { fieldsOfNode, withValue, type FieldOfNode } from './support/fieldsOfNode';
import { nodeContext } from './support/nodeContext';
import { ODD_VALUES } from './support/oddValues';

/** Milliseconds of every wait that a node asked for. */
const waits: number[] = [];

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		waits.push(milliseconds);
		await Promise.resolve();
	},
}));

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ES256', kid: '1' };

const credential = {
	algorithm: 'HS256',
	secret: randomBytes(32).toString('hex'),
	payload: '{ "sub": "user-1" }',
	autoTimeClaims: true,
	expiresIn: '1h',
	keyId: '',
	allowedHttpRequestDomains: 'all',
	tokenUrl: 'https://login.example.com/token',
	clientId: 'client',
	grant: 'jwtBearer',
};

/** For what only a key pair has: a public half, and a thumbprint of that. */
const keyPairCredential = {
	...credential,
	algorithm: 'ES256',
	secret: '',
	privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
};

const PUBLISHING = ['getPublicJwks', 'getPublicKey', 'getDiscoveryDocument'];

function credentialFor({ path, parameters }: FieldOfNode) {
	const wantsKeyPair =
		PUBLISHING.includes(String(parameters.operation)) || path.includes('keyIdFromKey');
	return wantsKeyPair ? keyPairCredential : credential;
}

const SAMPLES = {
	// Claims
	subject: 'user-1',
	customClaims: { claim: [{ name: 'role', value: 'admin' }] },
	// JWT HTTP Request
	method: 'POST',
	fieldsToInclude: 'selected',
	inputDataFieldName: 'data',
	proxy: 'http://proxy.example.com:3128',
	parameters: { parameters: [{ type: 'qs', name: 'page', valueFrom: 'pageNumber' }] },
	optimizeResponse: true,
	pagination: { pagination: { paginationMode: 'off' } },
	// JWT Verify
	dpop: { proof: { dpopUrl: 'https://n8n.example.com/webhook/orders', maximumProofAge: 60 } },
	dpopUrl: 'https://n8n.example.com/webhook/orders',
	keySource: 'publicKey',
	publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
	secret: randomBytes(32).toString('hex'),
	jwt: [{ alg: 'HS256' }, { sub: 'x' }, 'signature']
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.'),
	algorithms: ['ES256'],
	requiredClaims: { claim: [{ name: 'a', condition: 'exists' }] },
	rootCertificates: issue({ extensions: CA }).certificate,
};

function document(url: string): unknown {
	if (url.includes('token')) return { access_token: 'opaque-token', expires_in: 3600 };
	const { origin } = new URL(url);
	return { issuer: `${origin}/`, jwks_uri: `${origin}/keys`, keys: [jwk] };
}

const NODES: Array<[string, INodeType]> = [
	['JWT HTTP Request', new JwtHttpRequest()],
	['JWT Sign', new JwtSign()],
	['JWT Verify', new JwtVerify()],
];

const FIELDS = NODES.flatMap(([name, node]) =>
	fieldsOfNode(node.description, SAMPLES).map((field): [string, INodeType, FieldOfNode] => [
		`${name}: ${field.path.join('.')} (${JSON.stringify(field.property.displayOptions?.show ?? {})})`,
		node,
		field,
	]),
);

/** Whether a value is one of the field's choices: an empty text may stand for one. */
const isChoice = ({ options = [] }: INodeProperties, value: unknown) =>
	options.some((choice) => 'value' in choice && choice.value === value);

/** Only shows other choices. */
const UNREAD = ['webdavMethods'];

/** Each item that went in, with what came out for it. */
async function runWith(
	credential: CredentialData,
	node: INodeType,
	items: Array<Record<string, unknown>>,
) {
	const context = nodeContext({ items, credential, document });
	const outputs = ((await node.execute?.call(context)) ?? []) as INodeExecutionData[][];
	const all = outputs.flat();
	return items.map((_, index) =>
		all.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index),
	);
}

const errorOf = (output: INodeExecutionData[] = []) => output[0]?.json.error as string | undefined;

/** What stays the same from run to run. */
const shape = (output: INodeExecutionData[] = []) =>
	output.map(({ json }) => [Object.keys(json).sort(), json.error, json.valid, json.reason]);

function expectCoded(error: string | undefined, what: string): void {
	const code = /\[([A-Z_]+)\](?: |$)/.exec(error ?? '')?.[1];
	const isOurs = code !== undefined && Object.hasOwn(ERROR_HINTS, code);
	// n8n's own error for a file that is not there, and what an API answers, are theirs.
	const isTheirs = /^(The item has no binary field|The API answered)/.test(error ?? '');
	expect({ what, error, isKnown: isOurs || isTheirs }).toEqual({ what, error, isKnown: true });
}

beforeEach(() => {
	waits.length = 0;
});

it('covers the fields of all nodes', () => {
	expect(FIELDS.length).toBeGreaterThan(110);
	expect(Object.keys(ODD_VALUES).length).toBeGreaterThanOrEqual(30);
});

describe.each(FIELDS)('%s', (_name, node, field) => {
	const { path, property, parameters } = field;
	const run = async (items: Array<Record<string, unknown>>) =>
		await runWith(credentialFor(field), node, items);
	const withOdd = (value: unknown) => withValue(parameters, path, value) as Record<string, unknown>;

	it('takes a good value', async () => {
		const [output] = await run([parameters]);
		expect(errorOf(output)).toBeUndefined();
		expect(output?.length).toBeGreaterThan(0);
	});

	it('never gives a raw error, nor harms other items, whatever an expression gives', async () => {
		const [good] = await run([parameters]);
		for (const [what, make] of Object.entries(ODD_VALUES)) {
			const [before, odd, after] = await run([parameters, withOdd(make()), parameters]);
			expect({ what, shapes: [shape(before), shape(after)] }).toEqual({
				what,
				shapes: [shape(good), shape(good)],
			});
			if (errorOf(odd) !== undefined) expectCoded(errorOf(odd), what);
			// Some fields count for the whole run, and are read for the first item.
			const [first, second] = await run([withOdd(make()), parameters]);
			for (const output of [first, second]) {
				if (errorOf(output) !== undefined) expectCoded(errorOf(output), what);
			}
		}
		expect(waits.every((wait) => Number.isInteger(wait) && wait >= 0 && wait < 2 ** 31)).toBe(true);
	});

	const closed = ['boolean', 'number', 'options'].includes(property.type);
	if (!closed || UNREAD.includes(property.name)) return;

	it('takes nothing for its default, and says which field it is', async () => {
		const values = ['undefined', 'null', 'an empty text', 'an object', 'an emoji'];
		for (const what of values.filter((name) => !isChoice(property, ODD_VALUES[name]?.()))) {
			const [odd] = await run([withOdd(ODD_VALUES[what]?.())]);
			expectCoded(errorOf(odd), what);
			const label = property.name === 'operation' ? 'operation' : property.displayName;
			expect(errorOf(odd)?.toLowerCase()).toContain(label.toLowerCase());
		}
	});
});
