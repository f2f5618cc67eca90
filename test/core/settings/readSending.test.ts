import {
	readSending,
	readSendingSettings,
	readTokenSettings,
} from '../../../core/settings/readSending';
import { expectCode } from '../support/expectCode';

const DEFAULTS = {
	placement: {
		target: 'header',
		headerName: 'Authorization',
		headerPrefix: 'Bearer',
		queryParameter: 'token',
	},
	domains: { mode: 'all', allowedDomains: '' },
	credentialExpiresAt: undefined,
	additionalHeaders: '{}',
};
const FILLED = {
	placement: 'query',
	headerName: 'X-Token',
	headerPrefix: '',
	queryParameter: 'jwt',
	allowedHttpRequestDomains: 'domains',
	allowedDomains: 'a.example',
	credentialExpiresAt: '2030-01-01T00:00:00Z',
	additionalHeaders: { x: 'y' },
};
const SHOWN = {
	placement: {
		target: 'query',
		headerName: 'X-Token',
		headerPrefix: '',
		queryParameter: 'jwt',
	},
	domains: { mode: 'domains', allowedDomains: 'a.example' },
	credentialExpiresAt: Date.parse('2030-01-01T00:00:00Z'),
	additionalHeaders: { x: 'y' },
};

describe('how the token travels', () => {
	it('has the defaults of the form', () => {
		expect(readSendingSettings({})).toEqual(DEFAULTS);
		expect(readSendingSettings({ placement: 'header' })).toEqual(DEFAULTS);
	});

	it('is what the fields say', () => {
		expect(readSendingSettings(FILLED)).toEqual(SHOWN);
		expect(readSendingSettings({ ...FILLED, useAdvanced: true })).toEqual(SHOWN);
		const useAdvanced = ['placement', 'expiry'];
		expect(readSendingSettings({ ...FILLED, useAdvanced })).toEqual(SHOWN);
	});

	it('is not what hidden fields say, but the domains count in any case', () => {
		const hidden = { ...DEFAULTS, domains: SHOWN.domains };
		expect(readSendingSettings({ ...FILLED, useAdvanced: false })).toEqual(hidden);
		expect(readSending(FILLED, {})).toEqual(hidden);
	});

	it.each([
		['Add Token To', { placement: 'cookie' }],
		['Header Name', { headerName: true }],
		['Token Prefix', { headerPrefix: null }],
		['Parameter Name', { queryParameter: [] }],
		['Additional Headers', { additionalHeaders: null }],
	])('is refused by the name of the field: %s', (label, data) => {
		const { message } = expectCode('FIELD_INVALID', () => readSendingSettings(data));
		expect(message).toMatch(new RegExp(`^${label} is `));
	});

	it.each([
		['CREDENTIAL_EXPIRED', { credentialExpiresAt: undefined }],
		['DOMAIN_NOT_ALLOWED', { allowedHttpRequestDomains: undefined }],
	] as const)('is locked by an expression that found nothing: %s', (code, data) => {
		expectCode(code, () => readSendingSettings(data));
	});
});

describe('a pasted token', () => {
	it('is read as it was pasted, with how it travels', () => {
		expect(readTokenSettings({ ...FILLED, token: ' Bearer x ' })).toEqual({
			...SHOWN,
			token: ' Bearer x ',
		});
		expect(readTokenSettings({})).toEqual({ ...DEFAULTS, token: '' });
	});

	it('is refused by its label, and with expressions that are not computed', () => {
		expect(expectCode('FIELD_INVALID', () => readTokenSettings({ token: null })).message).toMatch(
			/^Token is /,
		);
		expectCode('EXPRESSION_UNRESOLVED', () =>
			readTokenSettings({ additionalHeadersStored: '{ "x": "{{ $json.x }}" }' }),
		);
	});
});
