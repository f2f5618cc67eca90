import type { ICredentialType } from 'n8n-workflow';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { KEY_SERVICES } from '../../../core/services/keyServices';
import type { Service } from '../../../core/services/service';

const folder = path.join(__dirname, '../../../core/services');

const rows = readdirSync(folder)
	.flatMap((file) => Object.values(jest.requireActual<object>(path.join(folder, file))))
	.filter((value): value is Service => Object.hasOwn(Object(value) as object, 'toGeneric'));

it('are all services with a key pair, and those alone ask where the key comes from', () => {
	const names = (services: Service[]) => services.map(({ name }) => name).sort();
	const withPair = names(rows.filter(({ keyPair }) => keyPair));
	const asking = rows.filter(({ fields }) => fields.some(({ name }) => name === 'keySource'));
	expect(withPair.length).toBeGreaterThan(0);
	expect(names(asking)).toEqual(withPair);
	expect(names(Object.values(KEY_SERVICES))).toEqual(withPair);
});

it.each(Object.entries(KEY_SERVICES))('%s is the type of its service', (type, service) => {
	const name = type.charAt(0).toUpperCase() + type.slice(1);
	const file = path.join(__dirname, '../../../credentials', `${name}.credentials.ts`);
	const Type = jest.requireActual<Record<string, new () => ICredentialType>>(file)[name];
	const credential = Type && new Type();
	expect(credential).toMatchObject({ name: type, httpRequestNode: { name: service.name } });
});
