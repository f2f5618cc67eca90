import type * as VerifyToken from '../../../core/verify/verifyToken';
import type * as VerifyForm from '../../../nodes/JwtVerify/read/verifyForm';
import { bareToken } from '../../../core/shared/bareToken';
import { startWebhookServer, type WebhookServer } from '../support/webhookServer';

const SCOPE_MISSING = 'SCOPE_MISSING';

/** What the attack at hand is verified with. */
let mockVerification: unknown;
let mockNow: Date | undefined;
/** Called with each token that the list of attacks has verified. */
let mockSendToo: (token: string) => Promise<void>;

jest.mock('../../../core/verify/verifyToken', () => {
	const actual = jest.requireActual<typeof VerifyToken>('../../../core/verify/verifyToken');
	const verifyToken: typeof actual.verifyToken = async (token, source, options) => {
		// The webhook's own call comes by here too.
		if (mockNow) return await actual.verifyToken(token, source, { ...options, now: mockNow });
		const { now, maximumLength, ...checks } = options;
		mockVerification = { source, checks, maximumLength };
		mockNow = now;
		try {
			await mockSendToo(token);
		} finally {
			mockNow = undefined;
		}
		return await actual.verifyToken(token, source, options);
	};
	return { ...actual, verifyToken };
});

jest.mock('../../../nodes/JwtVerify/read/verifyForm', () => ({
	...jest.requireActual<typeof VerifyForm>('../../../nodes/JwtVerify/read/verifyForm'),
	readVerification: async () => await Promise.resolve(mockVerification),
}));

const actual = jest.requireActual<typeof VerifyToken>('../../../core/verify/verifyToken');

let server: WebhookServer;
let sent = 0;

beforeAll(async () => {
	server = await startWebhookServer({ jwtLocation: 'body' });
	mockSendToo = async (token) => {
		const { source, checks, maximumLength } = mockVerification as VerifyForm.Verification;
		// JWT Verify takes off what stands around a token, and the wire knows bytes only.
		const arrived = bareToken(Buffer.from(token, 'latin1').toString('latin1'));
		const now = mockNow ?? new Date();
		const verdict = await actual.verifyToken(arrived, source, { ...checks, maximumLength, now });
		const body = Buffer.from(token, 'latin1');
		const response = await fetch(server.url, { method: 'POST', body });
		const answer = (await response.json()) as { reason?: string };
		sent += 1;
		if (verdict.valid) {
			expect(response.status).toBe(200);
			return;
		}
		const { code } = verdict.error;
		const isMissing = arrived === '';
		expect(answer.reason).toBe(isMissing ? undefined : code);
		expect(response.status).toBe(code === SCOPE_MISSING ? 403 : 401);
		const challenge = response.headers.get('www-authenticate');
		expect(challenge).toMatch(isMissing ? /^Bearer$/ : /^Bearer error="(?:in\w+)"/);
	};
});

afterAll(async () => {
	await server.stop();
	expect(sent).toBeGreaterThan(100);
});

// The whole list of JWT Verify: each token goes to a JWT Webhook too, over HTTP.
import '../../core/verify/verifyAttacks.test';
