import type { INodeProperties } from 'n8n-workflow';

/** Check of tokens that come from one of several tenants. */
export const tenantsField: INodeProperties = {
	displayName: 'Allowed Tenants',
	name: 'tenants',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tenant' },
	default: [],
	placeholder: 'e.g. 7ff1a4a6-2f5f-4d0d-9a1c-0f6f5d9c2a11',
	description:
		'IDs of tenants: one of these has to be the "tid" of the token. They are what {tid} in Issuer stands for.',
};

/** Issuers beside the one that the key source names. */
export const furtherIssuersField: INodeProperties = {
	displayName: 'Further Issuers',
	name: 'furtherIssuers',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Issuer' },
	default: [],
	placeholder: 'e.g. https://my-tenant.us.auth0.com/',
	description:
		'Issuers whose tokens are accepted beside those of Issuer, letter by letter. Each is verified with its own keys only.',
	displayOptions: { show: { '/keySource': ['issuer'] } },
};
