import type { ICredentialType } from 'n8n-workflow';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { genericData } from '../../core/services/genericData';
import type { Service } from '../../core/services/service';
import { readSigningSettings } from '../../core/settings/readCredential';
import { readExchangeSettings } from '../../core/settings/readExchange';
import { ADVANCED_GROUPS } from '../../core/settings/advancedOptions';
import { renderGeneric } from '../../scripts/genericRecipe';
import { renderServiceSection, withServiceSection } from '../../scripts/servicePages';
import { readRecipe, readRows } from '../support/recipes';

const root = path.join(__dirname, '../..');

const exportsOf = (folder: string): unknown[] =>
	readdirSync(path.join(root, folder))
		.filter((file) => file.endsWith('.ts'))
		.flatMap((file) => Object.values(jest.requireActual<object>(path.join(root, folder, file))));

const services = exportsOf('core/services').filter((value): value is Service =>
	Object.hasOwn(Object(value) as object, 'toGeneric'),
);
const types = exportsOf('credentials').map((Type) => new (Type as new () => ICredentialType)());

/** What the words of a recipe stand for, where it is not the name of the field. */
const FILLED: Readonly<Record<string, Record<string, string>>> = {
	box: {
		config: JSON.stringify({
			boxAppSettings: { clientID: 'YOUR_CLIENT_ID', clientSecret: 'YOUR_CLIENT_SECRET' },
			enterpriseID: 'YOUR_ENTERPRISE_ID',
		}),
	},
	'google-service-account': {
		serviceAccountKey: '{ "client_email": "YOUR_CLIENT_EMAIL", "private_key": "YOUR_KEY" }',
		scopes: 'https://www.googleapis.com/auth/devstorage.read_only',
		subject: '',
	},
	coinbase: { keyName: 'YOUR_KEY_NAME' },
	okta: { domain: 'YOUR_DOMAIN', keyId: '' },
	salesforce: { myDomain: 'https://YOUR_DOMAIN.my.salesforce.com' },
	snowflake: { host: 'YOUR_HOST.snowflakecomputing.com' },
	auth0: { domain: 'YOUR_DOMAIN', keyId: '', apiHost: 'YOUR_API_HOST' },
	livekit: { url: 'https://YOUR_HOST', apiSecret: 'YOUR_SECRET', room: '' },
	ghost: { url: 'https://YOUR_HOST', adminApiKey: `${'a1'.repeat(12)}:${'b2'.repeat(32)}` },
	'apple-music': { musicUserToken: '' },
	'entra-id': { passphrase: '', apiHosts: '' },
	netsuite: { accountId: 'YOUR_ACCOUNT' },
	keycloak: { realmUrl: 'https://YOUR_REALM', keyId: '', apiHosts: '' },
	zitadel: {
		instanceUrl: 'https://YOUR_INSTANCE',
		serviceAccountKey: '{ "key": "YOUR_KEY", "keyId": "YOUR_KEY_ID", "userId": "YOUR_USER_ID" }',
		apiHosts: '',
	},
	maskinporten: { consumerOrg: '', resource: '' },
	line: { channelId: 'YOUR_CHANNEL_ID' },
	servicenow: { instanceUrl: 'https://YOUR_INSTANCE' },
	'yandex-cloud': {
		authorizedKey:
			'{ "id": "YOUR_KEY_ID", "service_account_id": "YOUR_SERVICE_ACCOUNT_ID", "private_key": "YOUR_PRIVATE_KEY" }',
	},
	tableau: { serverUrl: 'https://YOUR_HOST', keyId: 'YOUR_SECRET_ID', username: 'YOUR_USER' },
	kling: { secretKey: 'YOUR_SECRET' },
	'smart-backend-services': {
		fhirUrl: 'https://YOUR_FHIR_HOST/r4',
		tokenUrl: 'https://YOUR_TOKEN_HOST/token',
		scopes: 'system/Observation.rs',
	},
};

/** Every field filled in with its name, as recipes do. */
function filledIn({ fields, recipe }: Service): Record<string, string> {
	const words = fields
		.filter(({ kind, default: value }) => !['choice', 'switch'].includes(kind) && !value)
		.map(({ name }): [string, string] => [
			name,
			`YOUR_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
		]);
	return { ...Object.fromEntries(words), ...FILLED[recipe] };
}

/** As host names are written: a recipe's words have capitals and underscores. */
const hostNames = (value: string) => value.toLowerCase().replaceAll('_', '-');

/** What a generic credential is read as: JSON taken apart, hosts in small letters. */
function settingsOf(data: Record<string, unknown>, exchanges: boolean): unknown {
	const settings = exchanges ? readExchangeSettings(data) : readSigningSettings(data);
	const text = JSON.stringify(settings, (name, value: unknown) => {
		if (typeof value !== 'string') return value;
		if (name === 'key' || name === 'pem') return 'what is pasted';
		if (['allowedDomains', 'aud', 'tokenUrl'].includes(name)) return hostNames(value);
		return /^\{\s*["}]/.test(value) ? (JSON.parse(value) as unknown) : value;
	});
	return JSON.parse(text);
}

describe.each(services)('the recipe of $name', (service) => {
	const { page, credential } = readRecipe(service.recipe);

	it('has as generic credential what the own one is made into', () => {
		const generic = genericData(service, filledIn(service));
		const exchanges = generic.grant !== undefined;
		expect(credential.type).toBe(exchanges ? 'jwtExchangeApi' : 'jwtSignApi');
		const isSame = settingsOf(generic, exchanges);
		expect(settingsOf(credential.data, exchanges)).toEqual(isSame);
	});

	it('would begin with that generic credential, were it written anew', () => {
		const formOf = (type: string) => types.find(({ name }) => name === type)?.properties ?? [];
		const code = { genericData, groups: ADVANCED_GROUPS, formOf };
		const { json, table } = renderGeneric(service, service.name, code, filledIn(service));
		const { data } = JSON.parse(/```json\n([^]*)\n```/.exec(json)?.[1] ?? '') as typeof credential;
		const exchanges = credential.type === 'jwtExchangeApi';
		const fromRow = genericData(service, filledIn(service));
		expect(settingsOf(data, exchanges)).toEqual(settingsOf(fromRow, exchanges));
		expect(readRows(`${table}\n`)).toHaveLength(Object.keys(data).length);
	});

	it('says what the own type asks for: npm run docs:services writes it', () => {
		const type = types.find(({ httpRequestNode }) => httpRequestNode?.name === service.name);
		const section = renderServiceSection(service, type?.displayName ?? '');
		expect(page).toContain(section);
		expect(withServiceSection(page, section)).toBe(page);
	});
});
