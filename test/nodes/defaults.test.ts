import { randomBytes } from 'node:crypto';
import {
	NodeHelpers,
	resolveWebhookDescriptionField,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeType,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';
import { isObject } from '../../core/shared/json';
import type { SigningSettings } from '../../core/sign/signingSettings';
import { CLOCK_TOLERANCE } from '../../core/verify/claimChecks';
import { JwtHttpRequest } from '../../nodes/JwtHttpRequest/JwtHttpRequest.node';
import { readCredential } from '../../nodes/JwtHttpRequest/read/credential';
import { readOptions } from '../../nodes/JwtHttpRequest/read/options';
import { readPagination } from '../../nodes/JwtHttpRequest/read/paginationOptions';
import { readRequest } from '../../nodes/JwtHttpRequest/read/request';
import { startPace } from '../../nodes/JwtHttpRequest/send/pace';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';
import { readAccessTokenForm } from '../../nodes/JwtSign/read/accessTokenForm';
import { useCredentialKeys } from '../../nodes/JwtSign/read/credential';
import { readAdditionalKeys, readIssuerAddresses } from '../../nodes/JwtSign/read/issuerForm';
import { readPublicKeyForm } from '../../nodes/JwtSign/read/publicKeyForm';
import { readTokenForm } from '../../nodes/JwtSign/read/tokenForm';
import { inspectCredential } from '../../nodes/JwtSign/run/inspectCredential';
import { JwtVerify } from '../../nodes/JwtVerify/JwtVerify.node';
import { readDecodeForm } from '../../nodes/JwtVerify/read/decodeForm';
import { readVerifyForm } from '../../nodes/JwtVerify/read/verifyForm';
import { JwtWebhook } from '../../nodes/JwtWebhook/JwtWebhook.node';
import { readCallForm } from '../../nodes/JwtWebhook/read/callForm';
import { webhookUrlOf } from '../../nodes/JwtWebhook/read/webhookUrl';
import { callItem } from '../../nodes/JwtWebhook/respond/callItem';
import { verifyCall, type AcceptedCall } from '../../nodes/JwtWebhook/run/verifyCall';
import { fieldsOfNode, withValue, type FieldOfNode } from './support/fieldsOfNode';
import { standIn } from './support/standIn';

type FormValues = FieldOfNode['parameters'];

/** What of a form goes into functions, where it cannot be compared: keys, waits. */
const told: unknown[] = [];

function tell(...values: unknown[]): object {
	told.push(values);
	return {};
}

type Fetch = (url: string, limit: number) => Promise<unknown>;

/** Tells how long a fetcher waits for an answer. */
function tellTimeout(fetch: Fetch): void {
	void fetch('https://issuer.example.com/', 1);
}

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		tell('sleep', milliseconds);
		await Promise.resolve();
	},
}));

jest.mock('../../core/shared/monotonicClock', () => ({ monotonicClock: () => 0 }));

jest.mock('../../core/request/network', () => ({
	...jest.requireActual<object>('../../core/request/network'),
	fetchSmall: async (_network: unknown, _request: unknown, limits: unknown) => {
		tell('limits', limits);
		return await Promise.resolve({ status: 200, headers: {} });
	},
}));

jest.mock('../../core/verify/jwks', () => ({
	jwksCache: () => (address: string, fetch: Fetch, settings: unknown) => {
		tellTimeout(fetch);
		return tell('JWKS', address, settings);
	},
}));

jest.mock('../../core/verify/loadBalancerKeys', () => ({
	loadBalancerKeyCache: () => (balancers: unknown, fetch: Fetch, settings: unknown) => {
		tellTimeout(fetch);
		return tell('load balancers', balancers, settings);
	},
}));

jest.mock('../../core/verify/discovery', () => ({
	...jest.requireActual<object>('../../core/verify/discovery'),
	issuerDirectory: () => async (entered: string) =>
		await Promise.resolve({ issuer: entered, jwksUrl: `${entered}/keys` }),
}));

jest.mock('../../core/verify/issuerKeys', () => ({
	keysOfIssuers: (issuers: unknown) => tell('issuers', issuers),
}));

jest.mock('../../core/verify/keySource', () => ({
	pastedPublicKeys: (text: string) => tell('public keys', text),
	pastedSecret: (settings: unknown) => tell('secret', settings),
	signingCredentialKey: (...key: unknown[]) => tell('credential', ...key),
}));

jest.mock('../../core/verify/certificateKeys', () => ({
	certificateChainKeys: (settings: unknown) => tell('certificates', settings),
}));

jest.mock('../../core/verify/verifyToken', () => ({
	verifyToken: async (token: string, _source: unknown, options: object) => {
		tell('verify', token, { ...options, now: undefined });
		const error = new JwtAuthError('TOKEN_EXPIRED', 'The token has expired.');
		return await Promise.resolve({ valid: false, error });
	},
}));

// The boundary of a real one is another one every time.
jest.mock('../../core/http/multipart', () => ({
	encodeMultipart: (parts: unknown) => ({ bytes: parts, contentType: 'multipart/form-data' }),
}));

const credential = { algorithm: 'HS256', secret: randomBytes(32).toString('hex') };

function contextOf(parameters: FormValues): IExecuteFunctions {
	return standIn({
		parameters: [parameters],
		input: [{ json: { name: 'value' } }],
		credentials: { jwtSignApi: credential, jwtTokenApi: { token: 'x' }, jwtExchangeApi: {} },
		files: { data: { file: { mimeType: 'text/plain' }, bytes: Buffer.from('x') } },
	}).context;
}

/** An item so late that it comes many batches behind the first. */
const LATE = 10_000;

async function readHttpRequest(context: IExecuteFunctions): Promise<unknown> {
	const options = readOptions(context, 0);
	const { concurrency, turn } = startPace(context);
	await turn(LATE);
	return {
		options,
		concurrency,
		pagination: readPagination(context, 0),
		request: await readRequest(context, 0, options),
		credential: await readCredential(context, 0),
	};
}

async function readSign(context: IExecuteFunctions): Promise<unknown> {
	const nothing = () => undefined;
	switch (context.getNodeParameter('operation', 0)) {
		case 'getAccessToken':
			return readAccessTokenForm(context, 0);
		case 'getDiscoveryDocument': {
			const settings = { claims: { payload: {} } } as SigningSettings;
			return [readAdditionalKeys(context, 0), readIssuerAddresses(context, 0, settings)];
		}
		case 'getPublicJwks':
			await useCredentialKeys(context, 0, nothing);
			return readAdditionalKeys(context, 0);
		case 'getPublicKey':
			await useCredentialKeys(context, 0, nothing);
			return readPublicKeyForm(context, 0);
		case 'inspectCredential':
			return await inspectCredential(context, 0);
		default:
			return readTokenForm(context, 0);
	}
}

async function readVerify(context: IExecuteFunctions): Promise<unknown> {
	return context.getNodeParameter('operation', 0) === 'decode'
		? readDecodeForm(context, 0)
		: await readVerifyForm(context, 0);
}

const TOKEN = 'header.payload.signature';

/** A call that has a token, a certificate and a proof wherever a form may look for them. */
const CALL = {
	method: 'POST',
	headers: {
		authorization: `Bearer ${TOKEN}`,
		cookie: `x=${TOKEN}`,
		dpop: 'proof',
		'x-client-cert': 'certificate',
		x: TOKEN,
	},
	rawHeaders: [],
	params: {},
	query: { x: TOKEN },
	body: { x: TOKEN },
	rawBody: Buffer.from(TOKEN),
};

/** Parameters as n8n hands them over: what is shown and missing has its default, but in collections. */
function filledByN8n({ description }: INodeType, parameters: FormValues): FormValues {
	return NodeHelpers.getNodeParameters(
		description.properties,
		parameters as INodeParameters,
		true,
		false,
		{ typeVersion: 1 },
		description,
	) as FormValues;
}

/** What n8n asks the form itself. A blank answer is as good as none. */
function answersToN8n(parameters: FormValues): unknown[] {
	const webhook = new JwtWebhook();
	const node = { parameters: filledByN8n(webhook, parameters) } as unknown as INode;
	const { webhooks = [] } = webhook.description;
	return webhooks.flatMap((webhook) =>
		Object.keys(webhook).map((name) => {
			const { value } = {
				value: undefined,
				...resolveWebhookDescriptionField(node, webhook, name),
			};
			const isBlank = value === '' || (isObject(value) && Object.keys(value).length === 0);
			return [name, isBlank ? undefined : value];
		}),
	);
}

function webhookOf(context: IExecuteFunctions): IWebhookFunctions {
	return {
		...context,
		getMode: () => 'webhook',
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/x',
		getNodeParameter: (name: string, ...rest: [fallback?: unknown, options?: object]) =>
			context.getNodeParameter(name, 0, ...rest) as unknown,
		helpers: { prepareBinaryData: async () => await Promise.resolve({}) },
	} as unknown as IWebhookFunctions;
}

async function readWebhook(context: IExecuteFunctions, parameters: FormValues): Promise<unknown> {
	const webhook = webhookOf(context);
	const form = readCallForm(webhook);
	return [form, await verifyCall(webhook, CALL, form), answersToN8n(parameters)];
}

type Read = (context: IExecuteFunctions, parameters: FormValues) => Promise<unknown>;

const NODES: ReadonlyArray<[string, INodeType, Read]> = [
	['JWT HTTP Request', new JwtHttpRequest(), readHttpRequest],
	['JWT Sign', new JwtSign(), readSign],
	['JWT Verify', new JwtVerify(), readVerify],
	['JWT Webhook', new JwtWebhook(), readWebhook],
];

const ROWS = { parameters: [{ name: 'a', value: 'b' }] };

/** Good values that are not the defaults. */
const SAMPLES = {
	url: 'https://api.example.com/',
	method: 'POST',
	inputDataFieldName: 'data',
	subject: 'user-1',
	customClaims: { claim: [{ name: 'role', value: 'admin' }] },
	parameters: { parameters: [{ type: 'qs', name: 'page', valueFrom: 'pageNumber' }] },
	optimizeResponse: true,
	fieldsToInclude: 'selected',
	pagination: { pagination: { paginationMode: 'off' } },
	queryParameters: ROWS,
	headerParameters: ROWS,
	keySource: 'publicKey',
	keyAddress: 'https://keys.example.com/',
	jwtLocation: 'header',
	jwt: TOKEN,
	dpopUrl: 'https://n8n.example.com/webhook/x',
	algorithms: ['ES256'],
	requiredClaims: { claim: [{ name: 'a', condition: 'exists' }] },
	issuerUrl: 'https://issuer.example.com',
	audience: ['a'],
	secret: 'a secret',
	publicKey: 'a key',
	rootCertificates: 'certificates',
	headerName: 'x',
	cookieName: 'x',
	queryParameter: 'x',
	bodyField: 'x',
};

/** What has to stand elsewhere in the form for a field to count, by the field's name. */
const BESIDE: Readonly<Record<string, readonly [path: string[], value: unknown]>> = {
	anyAudience: [['audience'], ['']],
	boundBody: [
		['options'],
		{ boundUrl: 'https://api.example.com/', boundMethod: 'POST', boundBody: 'x' },
	],
	boundMethod: [['options', 'boundUrl'], 'https://api.example.com/'],
	sendHeaders: [['headerParameters'], ROWS],
	sendQuery: [['queryParameters'], ROWS],
};

interface Field extends FieldOfNode {
	/** Internal names without the numbers of rows. */
	name: string;
	node: INodeType;
	read: Read;
}

const FIELDS = NODES.flatMap(
	([label, node, read]): Array<[string, Field]> =>
		fieldsOfNode(node.description, SAMPLES).map((field) => {
			const { path, property, parameters } = field;
			const name = path.filter((member) => typeof member === 'string').join('.');
			const [place, value] = BESIDE[property.name] ?? [[], parameters];
			const shownBy = JSON.stringify(property.displayOptions?.show ?? {});
			return [
				`${label}: ${name} (${shownBy})`,
				{
					...field,
					name,
					node,
					read,
					parameters: withValue(parameters, place, value) as FormValues,
				},
			];
		}),
);

/** What stands at a path. */
const valueAt = (parameters: FormValues, path: FieldOfNode['path']): unknown =>
	path.reduce<unknown>(
		(inner, member) => (inner as Record<string | number, unknown>)[member],
		parameters,
	);

function without(parameters: FormValues, path: FieldOfNode['path']): FormValues {
	const copy = structuredClone(parameters);
	Reflect.deleteProperty(valueAt(copy, path.slice(0, -1)) as object, path.at(-1) ?? '');
	return copy;
}

/** What the node makes of a form: typed settings, or the code of a refusal. */
async function outcomeOf({ read }: Field, parameters: FormValues): Promise<unknown> {
	told.length = 0;
	try {
		const settings = await read(contextOf(parameters), parameters);
		return { settings, told: [...told] };
	} catch (error) {
		return { refused: error instanceof JwtAuthError ? error.code : String(error) };
	}
}

const outcomeWithout = async (field: Field) =>
	await outcomeOf(field, without(field.parameters, field.path));

const outcomeWith = async (field: Field, value: unknown) =>
	await outcomeOf(field, withValue(field.parameters, field.path, value) as FormValues);

/** A value of the field that is not its default. */
function anotherValue({ path, property, parameters }: Field): unknown {
	const { type, default: given, options = [] } = property;
	const values = (options as Array<{ value?: unknown }>).map(({ value }) => value);
	if (type === 'boolean') return given !== true;
	if (type === 'number') return Number(given) + 1;
	if (type === 'options') return values.find((value) => value !== given);
	if (type === 'multiOptions') {
		return [values.find((value) => !(given as unknown[]).includes(value))];
	}
	const sample = valueAt(parameters, path);
	return sample === given ? `${String(given)}x` : sample;
}

/** Whether n8n puts the default in before a node reads its form, as it does outside of collections. */
function isFilledIn({ path, node, property, parameters }: Field): boolean {
	const filled = filledByN8n(node, without(parameters, path));
	return JSON.stringify(valueAt(filled, path)) === JSON.stringify(property.default);
}

/** Fields that mean something else where they are not there, so that there is no default to agree on. */
const DIFFERENT: ReadonlyArray<[reason: string, names: RegExp]> = [
	['a claim that is added is made, and refused while it is empty', /^claims\.\w+$/],
	['a check that is added is made, and refused while it is empty', /^checks\.\w+$/],
	['adding it turns it on', /^options\.(batching|pagination|retry|refusedPerMinute)$/],
	['a list that is added and empty is refused', /^options\.ipAllowlist$/],
	["without it the credential's own switch counts", /^options\.keyIdFromKey$/],
	["without it lists have indices, as in n8n's own node", /^options\.queryParameterArrays$/],
	['without it files of a form have the names of their fields', /^options\.binaryPropertyName$/],
	['without it the whole JSON is returned', /^options\.responsePropertyName$/],
];

/** Fields that are never missing, since n8n fills them in; the node refuses others, or leaves them out. */
const FILLED_IN =
	/^(body|claimsJson|jsonBody|jwt|specifyClaims|\w+Parameters\.parameters\.value|checks\.bodyHash\.hash\.claim|checks\.dpop\.proof\.dpopProof)$/;

/** Fields that only change what the form shows. */
const UNREAD = ['multipleMethods', 'webdavMethods', 'wholeExpressions'];

const isDifferent = ({ name }: Field) => DIFFERENT.some(([, names]) => names.test(name));

const isNeverMissing = ({ name, property: { type } }: Field) =>
	FILLED_IN.test(name) || (name === 'httpMethod' && type === 'multiOptions');

const isGroup = ({ property: { type } }: Field) => ['collection', 'fixedCollection'].includes(type);

it('covers the fields of all nodes', () => {
	expect(FIELDS.length).toBeGreaterThan(250);
});

describe('a field at its default means the same as one that is not there', () => {
	it.each(FIELDS.filter(([, field]) => !isDifferent(field) && !isNeverMissing(field)))(
		'%s',
		async (_label, field) => {
			expect(await outcomeWith(field, field.property.default)).toEqual(await outcomeWithout(field));
		},
	);

	it.each(FIELDS.filter(([, field]) => isNeverMissing(field)))(
		'%s, which n8n fills in',
		(_label, field) => {
			expect(isFilledIn(field)).toBe(true);
		},
	);
});

/** The defaults of fields of a name, in whatever node. */
const defaultsOf = (wanted: string) =>
	FIELDS.filter(([, { name }]) => name === wanted).map(([, { property }]) => property.default);

describe('an option that means more than its default has that of the code all the same', () => {
	it('Clock Tolerance', () => {
		expect(defaultsOf('checks.clockTolerance')).toEqual([CLOCK_TOLERANCE, CLOCK_TOLERANCE]);
	});

	it('Field Name for Binary Data', async () => {
		const webhook = webhookOf(contextOf({ options: { rawBody: true } }));
		const seen = { call: CALL, form: readCallForm(webhook), url: webhookUrlOf(webhook) };
		const report = {} as AcceptedCall['report'];
		const { binary } = await callItem(webhook, seen, { accepted: true, token: TOKEN, report });
		expect(defaultsOf('options.binaryPropertyName')).toEqual(Object.keys(binary ?? {}));
	});
});

describe('a group of fields is added with their own defaults', () => {
	const groups = FIELDS.filter(([, { property }]) => property.type === 'fixedCollection');

	it.each(groups)('%s', (_label, { property }) => {
		const rows = Object.entries(property.default as Record<string, object>).flatMap(
			([name, given]) => [given].flat().map((row: object) => [name, row] as const),
		);
		for (const [name, row] of rows) {
			const group = property.options?.find((option) => option.name === name);
			const fields = group && 'values' in group ? group.values : [];
			const defaults = Object.keys(row).map((member) => [
				member,
				fields.find((field) => field.name === member)?.default,
			]);
			expect(row).toEqual(Object.fromEntries(defaults));
		}
	});
});

describe('no exception is one for nothing', () => {
	it.each(FIELDS.filter(([, field]) => isDifferent(field)))('%s', async (_label, field) => {
		const outcome = await outcomeWith(field, field.property.default);
		expect(outcome).not.toEqual(await outcomeWithout(field));
	});

	it.each(DIFFERENT)('%s', (_reason, names) => {
		expect(FIELDS.some(([, { name }]) => names.test(name))).toBe(true);
	});
});

describe('a field at another value means something else, so that it is looked at here', () => {
	it.each(
		FIELDS.filter(
			([, field]) => !isGroup(field) && !UNREAD.includes(field.name.split('.').pop() ?? ''),
		),
	)('%s', async (_label, field) => {
		const outcome = await outcomeWith(field, anotherValue(field));
		expect(outcome).not.toEqual(await outcomeWith(field, field.property.default));
	});
});
