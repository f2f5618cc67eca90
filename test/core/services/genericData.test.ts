import { defineService, text } from '../../../core/services/fields';
import { genericData } from '../../../core/services/genericData';
import { gitHubApp } from '../../../core/services/gitHubApp';
import { smartBackend } from '../../../core/services/smartBackend';
import { zitadel } from '../../../core/services/zitadel';
import { SERVICE_CASES } from '../../support/services/serviceCases';
import { expectCode } from '../support/expectCode';

const service = (more: object) =>
	defineService({
		name: 'Acme',
		recipe: 'acme',
		exchanges: true,
		api: { url: 'https://api.acme.com' },
		advice: 'Check Client ID.',
		forbidden: 'Ask Acme.',
		test: { baseUrl: 'https://api.acme.com', path: '/me' },
		fields: [text('id', 'Client ID', 'of it')],
		toGeneric: ({ id }) => ({ algorithm: 'RS256', payload: { iss: id }, expiresIn: '5m' }),
		...more,
	});

it('is what the service makes of its values, for its hosts alone', () => {
	expect(genericData(service({ hosts: 'api.acme.com' }), { id: '7' })).toEqual({
		algorithm: 'RS256',
		payload: { iss: '7' },
		expiresIn: '5m',
		useAdvanced: true,
		allowedHttpRequestDomains: 'domains',
		allowedDomains: 'api.acme.com',
	});
});

it('takes the hosts from the values where they are the customer’s, and allows none otherwise', () => {
	const hostsFor = ({ id }: { id: string }) => `${id}.acme.com`;
	expect(genericData(service({ hostsFor }), { id: 'eu' }).allowedDomains).toBe('eu.acme.com');
	expect(genericData(service({}), { id: 'eu' }).allowedDomains).toBe('');
});

it('takes along the token that n8n keeps, and nothing else that a form has not', () => {
	const data = { id: '7', accessToken: 'at', tokenState: '{}', additionalHeaders: { a: 'b' } };
	const generic = genericData(service({}), data);
	expect(generic).toMatchObject({ accessToken: 'at', tokenState: '{}' });
	expect(generic).not.toHaveProperty('additionalHeaders');
});

it.each([
	[
		'API URL',
		gitHubApp,
		'githubAppJwtApi',
		{ actAs: 'installation', installationId: '7' },
		'baseUrl',
	],
	['FHIR Base URL', smartBackend, 'smartBackendJwtApi', { tokenUrl: '' }, 'fhirUrl'],
	['Instance URL', zitadel, 'zitadelJwtApi', {}, 'instanceUrl'],
] as const)(
	'a wrong %s is named where it is the first to be read',
	(label, service, type, more, field) => {
		const form = SERVICE_CASES.find((one) => one.type === type)?.form;
		const data = { ...form, ...more, [field]: 'https://example.com/?page=1' };
		const { message } = expectCode('URL_INVALID', () => genericData(service, data));
		expect(message).toBe(`${label} has more than a host and a path.`);
	},
);
