import { createPublicKey, randomUUID, type JsonWebKey } from 'node:crypto';
import { outputItems } from '../../playground/client';
import { JudgingService } from '../support/services/judgingService';
import { SERVICE_CASES } from '../support/services/serviceCases';
import { n8nSession } from './support/n8nSession';
import { ServiceStandIn } from './support/serviceStandIn';
import { jwtSign, stockHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();

let standIn: ServiceStandIn;
let judge: JudgingService;

beforeAll(async () => {
	standIn = await ServiceStandIn.start(
		SERVICE_CASES.flatMap(({ hosts }) => hosts),
		(request) => judge.answer(request),
	);
});

afterAll(async () => {
	await standIn.stop();
});

describe.each(SERVICE_CASES)('$type', (service) => {
	beforeEach(() => {
		judge = new JudgingService(service);
		standIn.requests.length = 0;
	});

	const create = async (form: Record<string, unknown> = {}) =>
		await client.createCredential({
			name: `${service.type} ${randomUUID()}`,
			type: service.type,
			data: { ...service.form, ...form },
		});
	const addresses = () => standIn.requests.map(({ host, path }) => host + path);

	it('is made of its own fields, tests green, and authenticates a request of the stock node', async () => {
		const credential = await create();
		const test = await client.testCredential(credential);
		expect({ ...test, arrived: standIn.requests.map(({ path }) => path) }).toMatchObject({
			status: 'OK',
		});
		expect(addresses()).toEqual([
			...(service.exchange ? [service.exchange.at] : []),
			service.tested,
		]);
		const step = stockHttpRequest(credential, service.called);
		const run = await client.runWorkflow(workflow([{}, {}], step));
		expect(run.error?.message).toBeUndefined();
		expect(outputItems(run.runData, 'HTTP Request')).toEqual(
			[0, 1].map(() => expect.objectContaining({ json: { ok: true } }) as object),
		);
		const exchanges = addresses().filter((address) => address === service.exchange?.at);
		expect(exchanges).toHaveLength(service.exchange ? 1 : 0);
	});

	it.each(Object.entries(service.wrong))(
		'tests red where %s is wrong, and says what to look at',
		async (_what, { form, says }) => {
			const { status, message } = await client.testCredential(await create(form));
			expect({ status, message }).toEqual({
				status: 'Error',
				message: expect.stringMatching(says) as string,
			});
		},
	);

	it('tests red where a clock is ten minutes off, and speaks of the clock', async () => {
		judge.clockOffset = -600;
		const { status, message } = await client.testCredential(await create());
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringMatching(/clock/) as string,
		});
	});

	it('sends nothing to any other host', async () => {
		const step = stockHttpRequest(await create(), 'https://evil.example.com/');
		const { error } = await client.runWorkflow(workflow([{}], step));
		expect(error?.message).toMatch(/DOMAIN_NOT_ALLOWED|[Dd]omain not allowed/);
		expect(standIn.requests).toEqual([]);
	});
});

describe('a key pair that n8n makes', () => {
	const caseOf = (type: string) => {
		const service = SERVICE_CASES.find((one) => one.type === type);
		if (!service) throw new Error(`There is no case for ${type}`);
		return service;
	};
	// One signs requests, the other one trades the JWT.
	const services = [caseOf('snowflakeJwtApi'), caseOf('oktaJwtApi')];

	it('has its public half given out by JWT Sign, and is taken by the service that knows it', async () => {
		const made = services.map(async (service) => {
			const { privateKey, ...form } = service.form;
			expect(privateKey).toContain('PRIVATE KEY');
			const credential = await client.createCredential({
				name: `${service.type} ${randomUUID()}`,
				type: service.type,
				data: { ...form, keySource: 'generate' },
			});
			const step = jwtSign(credential, { operation: 'getPublicKey', keyOf: service.type });
			const run = await client.runWorkflow(workflow([{}], step));
			expect(run.error?.message).toBeUndefined();
			const [item] = outputItems(run.runData, 'JWT Sign');
			const key = createPublicKey({ key: item?.json.jwk as JsonWebKey, format: 'jwk' });
			return { service, credential, item, key };
		});
		for (const { service, credential, item, key } of await Promise.all(made)) {
			judge = new JudgingService({
				...service,
				keys: [{ publicKey: key }],
				checks: (jwt, now, request) => {
					const { iss, ...checks } = service.checks(jwt, now, request);
					const named = String(jwt.payload.iss).endsWith(String(item?.json.snowflakeFingerprint));
					const kid = jwt.header.kid === item?.json.keyId;
					return { ...checks, ...(iss === undefined ? { kid } : { named }) };
				},
			});
			expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });
			const step = stockHttpRequest(credential, service.called);
			const run = await client.runWorkflow(workflow([{}, {}], step));
			expect(run.error?.message).toBeUndefined();
			expect(outputItems(run.runData, 'HTTP Request')).toHaveLength(2);
			const again = jwtSign(credential, { operation: 'getPublicJwks', keyOf: service.type });
			const { runData } = await client.runWorkflow(workflow([{}], again));
			expect(outputItems(runData, 'JWT Sign')[0]?.json.keys).toEqual([item?.json.jwk]);
		}
	});
});
