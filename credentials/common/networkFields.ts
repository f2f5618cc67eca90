import type { INodeProperties } from 'n8n-workflow';

/** The way to a token endpoint; to be shown behind the switch. */
export const allowPlainHttpField: INodeProperties = {
	displayName: 'Allow Plain HTTP in Own Network',
	name: 'allowPlainHttp',
	type: 'boolean',
	default: false,
	description:
		'Whether the Token URL may begin with http:// where its host has no dot (http://keycloak:8080) or is a private address. Whoever is in that network could read the JWT and the access token.',
};
