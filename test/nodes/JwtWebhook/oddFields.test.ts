import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { ERROR_HINTS } from '../../../core/errors';
import { JwtWebhook } from '../../../nodes/JwtWebhook/JwtWebhook.node';
import { signByHand } from '../../core/support/tokens';
import { fieldsOfNode, withValue } from '../support/fieldsOfNode';
import { ODD_VALUES } from '../support/oddValues';
import { startWebhookServer, type WebhookServer } from '../support/webhookServer';

const SECRET = randomBytes(32).toString('hex');
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ES256', kid: '1' };
const jwt = signByHand({ alg: 'HS256' }, { exp: 4_102_444_800, aud: 'a' }, SECRET, 'HS256');

const SAMPLES = {
	keySource: 'secret',
	secret: SECRET,
	publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
	algorithms: ['HS256'],
	audience: ['a'],
	requiredClaims: { claim: [{ name: 'a', condition: 'exists' }] },
	allowedOrigins: '*',
	ipAllowlist: '127.0.0.1',
	responseHeaders: { entries: [{ name: 'a', value: 'b' }] },
};

/** n8n itself answers with these. */
const READ_BY_N8N = [
	...['multipleMethods', 'path', 'responseData', 'responseBinaryPropertyName', 'noResponseBody'],
	...['responsePropertyName', 'responseCode', 'responseContentType', 'responseHeaders'],
];

const FIELDS = fieldsOfNode(new JwtWebhook().description, SAMPLES)
	.filter(({ path }) => !path.some((name) => READ_BY_N8N.includes(String(name))))
	.map((field): [string, typeof field] => [
		`${field.path.join('.')} (${JSON.stringify(field.property.displayOptions?.show ?? {})})`,
		field,
	]);

let server: WebhookServer;
beforeEach(async () => {
	server = await startWebhookServer({});
	server.mode = 'manual';
	server.httpRequest = ({ url }) => {
		const { origin } = new URL(url);
		const found = { issuer: `${origin}/`, jwks_uri: `${origin}/keys`, keys: [jwk] };
		const body = Readable.from([Buffer.from(JSON.stringify(found))]);
		return { statusCode: 200, headers: {}, body };
	};
});
afterEach(async () => {
	await server.stop();
});

const call = async () =>
	await fetch(server.url, { method: 'POST', headers: { authorization: `Bearer ${jwt}` } });

it('covers the fields of the node', () => {
	expect(FIELDS.length).toBeGreaterThan(40);
});

it.each(FIELDS)(
	'%s: whatever an expression gives, the call is answered, and a mistake has a code',
	async (_name, { path, parameters }) => {
		for (const [what, make] of Object.entries(ODD_VALUES)) {
			server.errors.length = 0;
			server.parameters = withValue(parameters, path, make()) as Record<string, unknown>;
			const { status } = await call();
			const codes = server.errors.map(
				(error) => /\[([A-Z_]+)\]$/.exec(String(Object(error).description))?.[1] ?? error.message,
			);
			expect({ what, codes: codes.filter((code) => !(code in ERROR_HINTS)) }).toEqual({
				what,
				codes: [],
			});
			expect([200, 401, 403, 500, 503]).toContain(status);
			expect(status === 500).toBe(codes.length > 0);
		}
	},
);
