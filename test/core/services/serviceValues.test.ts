import { createPublicKey } from 'node:crypto';
import { JwtAuthError } from '../../../core/errors';
import { appleMaps } from '../../../core/services/appleMaps';
import { auth0 } from '../../../core/services/auth0';
import { ghostAdmin } from '../../../core/services/ghostAdmin';
import { gitHubApp } from '../../../core/services/gitHubApp';
import { keycloak } from '../../../core/services/keycloak';
import { livekit } from '../../../core/services/livekit';
import { okta } from '../../../core/services/okta';
import { salesforceBearer } from '../../../core/services/salesforceBearer';
import type { Service } from '../../../core/services/service';
import { servicenow } from '../../../core/services/servicenow';
import { smartBackend } from '../../../core/services/smartBackend';
import { snowflake } from '../../../core/services/snowflake';
import { tableau } from '../../../core/services/tableau';
import { zitadel } from '../../../core/services/zitadel';
import { choice, key, only, text, toggle } from '../../../core/services/fields';
import {
	algorithmFor,
	idOrFromFile,
	missingInFileError,
	readKeyFile,
	readServiceUrl,
	readServiceValues,
} from '../../../core/services/serviceValues';
import { expectCode } from '../support/expectCode';
import { ec, pem, rsa } from '../support/keyFixtures';

const form = {
	fields: [
		text('id', 'Client ID', 'of it', { required: true }),
		choice('kind', 'Kind', 'of it', { a: 'A', b: 'B' }),
		...only('kind', 'b', [text('user', 'User', 'of it', { required: true, perItem: true })]),
		text('scopes', 'Scopes', 'of it', { default: 'read' }),
	],
};

describe('the values of a form', () => {
	it('are texts without blanks around them; what is not filled in gets its default', () => {
		expect(readServiceValues(form, { id: ' 7 ' })).toEqual({
			id: '7',
			kind: 'a',
			user: '',
			scopes: 'read',
		});
	});

	it('of fields that are not shown do not count', () => {
		expect(readServiceValues(form, { id: '7', user: 'x' }).user).toBe('');
		expect(readServiceValues(form, { id: '7', kind: 'b', user: 'x' }).user).toBe('x');
	});

	it.each([
		['Client ID', {}, /Client ID/],
		['Client ID', { id: '  ' }, /Client ID/],
		['User', { id: '7', kind: 'b', user: '' }, /cannot be tested here/],
		['Kind', { id: '7', kind: 'c' }, /./],
		['Client ID', { id: undefined }, /./],
		['Client ID', { id: { a: 1 } }, /./],
	])('are refused by the label %s: %j', (label, data, hint) => {
		const read = () => readServiceValues(form, data);
		const error = expectCode('FIELD_INVALID', read);
		expect(error.message).toContain(label);
		expect(error.hint).toMatch(hint);
	});

	it('of a switch are texts too, and nothing else is taken for one', () => {
		const fields = [toggle('bound', 'Bound', 'Whether it is')];
		expect(readServiceValues({ fields }, {})).toEqual({ bound: 'false' });
		expect(readServiceValues({ fields }, { bound: true })).toEqual({ bound: 'true' });
		expectCode('FIELD_INVALID', () => readServiceValues({ fields }, { bound: 'yes' }));
	});

	it('hold no expression as plain text', () => {
		const read = () => readServiceValues(form, { id: '{{ $json.id }}' });
		const { message, hint } = expectCode('EXPRESSION_UNRESOLVED', read);
		expect(message).toContain('Client ID');
		expect(hint).toContain('Switch Client ID to Expression');
	});
});

describe('a key file', () => {
	it('is read as it was downloaded, and as an environment file mangles it', () => {
		expect(readKeyFile('{ "id": "1" }', 'Key', ['id']).id).toBe('1');
		expect(readKeyFile('{\\"id\\": \\"1\\"}', 'Key', ['id']).id).toBe('1');
	});

	it('of another kind is refused without a word of it', () => {
		const secretText = 'super-secret-value';
		for (const pasted of [secretText, `["${secretText}"]`, `{ "key": "${secretText}" }`]) {
			const read = () => readKeyFile(pasted, 'App Settings', ['id']);
			const error = expectCode('KEY_JSON_UNKNOWN', read);
			expect(error.message).toContain('App Settings');
			expect(error.hint).toMatch(/paste .* into App Settings/i);
			expect(error.message + error.hint).not.toContain(secretText);
		}
		expectCode('KEY_JSON_UNKNOWN', () => readKeyFile('{ "id": "" }', 'Key', ['id']));
		expect(missingInFileError('Key File', ['a', 'b']).message).toBe(
			'Key File has no a, no b in it.',
		);
	});
});

describe('an address', () => {
	it.each([
		['acme.okta.com', 'https://acme.okta.com'],
		['https://acme.example.com/', 'https://acme.example.com'],
		['https://git.example.com/api/v3', 'https://git.example.com/api/v3'],
		['http://localhost:8080/', 'http://localhost:8080'],
		['acme.okta.com/?', 'https://acme.okta.com'],
		['https://acme.example.com/fhir#', 'https://acme.example.com/fhir'],
		['acme.example.com/https://x', 'https://acme.example.com/https://x'],
	])('%s', (typed, read) => {
		expect(readServiceUrl(typed, 'Domain')).toBe(read);
	});

	it.each(['http://acme.example.com', 'https://a:b@acme.example.com', 'acme.com?x=1', ':', 'a b'])(
		'is not %s',
		(typed) => {
			const error = expectCode('URL_INVALID', () => readServiceUrl(typed, 'Domain'));
			expect(error.message).toContain('Domain');
		},
	);

	it.each(['acme.com/?x=1', 'acme.com/#x'])('is not more than host and path, as in %s', (typed) => {
		const error = expectCode('URL_INVALID', () => readServiceUrl(typed, 'Domain'));
		expect(error).toMatchObject({
			message: 'Domain has more than a host and a path.',
			hint: 'Take out what begins with ? or # in Domain.',
		});
	});

	const ADDRESSES: Array<[Service, string, string]> = [
		[auth0, 'domain', 'Domain'],
		[auth0, 'apiHost', 'API Host'],
		[ghostAdmin, 'url', 'API URL'],
		[gitHubApp, 'baseUrl', 'API URL'],
		[keycloak, 'realmUrl', 'Realm URL'],
		[livekit, 'url', 'Project URL'],
		[okta, 'domain', 'Okta Domain'],
		[salesforceBearer, 'myDomain', 'My Domain URL'],
		[servicenow, 'instanceUrl', 'Instance URL'],
		[smartBackend, 'fhirUrl', 'FHIR Base URL'],
		[smartBackend, 'tokenUrl', 'Token URL'],
		[snowflake, 'host', 'Host'],
		[tableau, 'serverUrl', 'Server URL'],
		[zitadel, 'instanceUrl', 'Instance URL'],
	];

	it.each(
		ADDRESSES.map(([service, field, label]) => ({ name: service.name, service, field, label })),
	)('of $name is spoken of by the name of its field: $label', ({ service, field, label }) => {
		const others = service.fields.map(({ name }) => [name, 'https://acme.example.com']);
		const values = { ...Object.fromEntries(others), [field]: 'https://acme.example.com/?x=1' };
		let refusals = 0;
		for (const read of [() => service.hostsFor?.(values), () => service.toGeneric(values)]) {
			try {
				read();
			} catch (error) {
				// Of the other fields some are no good either.
				if (!(error instanceof JwtAuthError) || error.code !== 'URL_INVALID') continue;
				refusals += 1;
				expect(error.message).toBe(`${label} has more than a host and a path.`);
			}
		}
		expect(refusals).toBeGreaterThan(0);
	});
});

it('an algorithm is found that a key is for', () => {
	const jwk = JSON.stringify(ec.export({ format: 'jwk' }));
	expect(algorithmFor(pem(rsa, 'pkcs8'), ['RS256', 'ES256'])).toBe('RS256');
	expect(algorithmFor(jwk, ['RS256', 'ES256'])).toBe('ES256');
	expect(algorithmFor(String(createPublicKey(rsa)), ['RS256', 'ES256'])).toBe('RS256');
});

it('a field for a key may hold braces', () => {
	const fields = [key('file', 'Key File', 'of it')];
	expect(readServiceValues({ fields }, { file: '{ "a": "{{ b }}" }' }).file).toContain('{{');
});

describe('of an answer', () => {
	const values = (service: Service, more: Record<string, string> = {}) => ({
		...Object.fromEntries(service.fields.map(({ name }) => [name, 'acme.example.com'])),
		...more,
	});

	it.each<[Service, string, Record<string, string>]>([
		[gitHubApp, 'expires_at', { actAs: 'installation' }],
		[appleMaps, 'expiresInSeconds', {}],
		[tableau, 'credentials.estimatedTimeToExpiration', {}],
	])('the end of a token is read where the service writes it', (service, expiryField, more) => {
		expect(service.toGeneric(values(service, more)).expiryField).toBe(expiryField);
	});

	it.each([salesforceBearer, servicenow])('no end counts as half an hour', (service: Service) => {
		expect(service.toGeneric(values(service, { grant: 'user' })).fallbackLifetime).toBe('30m');
	});

	it('the host of the org is read where Salesforce writes it', () => {
		const service: Service = salesforceBearer;
		expect(service.toGeneric(values(service)).baseUrlField).toBe('instance_url');
	});
});

describe('an ID that may stand in the key file', () => {
	const idOf = (id: string, file: string) =>
		idOrFromFile({ value: id, label: 'Key ID' }, { value: file, label: 'Key File', member: 'id' });

	it('is the one typed, or else that of the file', () => {
		expect(idOf('typed', '{ "id": "filed" }')).toBe('typed');
		expect(idOf('', '{ "id": "filed" }')).toBe('filed');
	});

	it.each([
		[pem(ec, 'pkcs8'), 'FIELD_INVALID', /^Fill in Key ID, or .* Key File\.$/],
		['{ "name": "x" }', 'KEY_JSON_UNKNOWN', /Key File/],
	])('that is nowhere is asked for', (file, code, hint) => {
		const find = () => idOf('', file);
		expect(find).toThrow(expect.objectContaining({ code }) as Error);
		expect(find).toThrow(
			expect.objectContaining({ hint: expect.stringMatching(hint) as string }) as Error,
		);
	});
});
