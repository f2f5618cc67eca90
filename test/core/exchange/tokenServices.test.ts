import { exchange } from '../../../core/exchange/exchange';
import { withAccessToken } from '../../../core/exchange/apiRequest';
import { decodeToken } from '../../../core/jws/decode';
import { readExchangeSettings } from '../../../core/settings/readExchange';
import { isSigned, JWT, SERVICES } from '../../support/tokenServices';
import { network } from '../support/exchangeCases';

describe.each(Object.entries(SERVICES))('%s', (_name, service) => {
	const tokenUrl = 'https://auth.example.com/token';
	const settings = readExchangeSettings({ tokenUrl, ...service.data });

	it('is asked as it wants, with the JWT in one place, and called with its token', async () => {
		const { status, ...answer } = service.answer;
		const endpoint = network({ statusCode: status ?? 200, ...answer });
		const token = await exchange(settings, endpoint);
		const [request] = endpoint.requests;
		const { body = '', headers = {}, url = '' } = request ?? {};
		const jwts = [body, url, ...Object.values(headers)].flatMap((text) => text.match(JWT) ?? []);
		const [jwt = ''] = jwts;
		expect(jwts).toHaveLength(1);
		expect(isSigned(jwt)).toBe(true);
		expect(decodeToken(jwt).payload).toMatchObject(service.claims);

		const isJson = headers['content-type'] === 'application/json';
		expect(isJson ? 'json' : 'form').toBe(service.format);
		const shown = body.replace(jwt, '<jwt>');
		const sent: unknown = isJson
			? JSON.parse(shown)
			: Object.fromEntries(new URLSearchParams(shown));
		expect(sent).toEqual(service.body);
		const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
		expect(Object.fromEntries(own)).toMatchObject(service.headers ?? {});

		const call = withAccessToken<{ url: string; headers?: Record<string, unknown> }>(
			{ url: 'https://api.example.com/' },
			token,
			settings,
		);
		const [header, value] = service.sent;
		const names = Object.entries(call.headers ?? {}).map(([name, text]) => [
			name.toLowerCase(),
			text,
		]);
		expect(Object.fromEntries(names)).toMatchObject({ [header]: value });
		expect(token.expiresAt - token.obtainedAt).toBeGreaterThan(3_500_000);
	});
});
