import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';

const credential = (Type: new () => ICredentialType) => new Type().properties;
const node = (Type: new () => INodeType) => new Type().description.properties;

const PAGES: Record<string, INodeProperties[]> = {
	'jwt-sign-api.md': credential(JwtSignApi),
	'jwt-auth-api.md': credential(JwtTokenApi),
	'jwt-sign.md': node(JwtSign),
};

/** Fields, and those of collections, under the names a person sees. */
function displayNames(properties: INodeProperties[]): string[] {
	return properties
		.filter(({ type }) => !['hidden', 'notice'].includes(type))
		.flatMap((property) => [
			property.displayName,
			...(property.options ?? []).flatMap((option) => ('type' in option ? option.displayName : [])),
		]);
}

it.each(Object.entries(PAGES))('%s explains every field of the form', (page, properties) => {
	const text = readFileSync(path.join(__dirname, '../../docs', page), 'utf8');
	expect(displayNames(properties).filter((name) => !text.includes(name))).toEqual([]);
});

it('jwt-sign-api.md has a heading for every field, in the order of the form', () => {
	const text = readFileSync(path.join(__dirname, '../../docs/jwt-sign-api.md'), 'utf8');
	const names = displayNames(PAGES['jwt-sign-api.md'] ?? []);
	const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
	expect(headings.slice(0, names.length)).toEqual(names);
});
