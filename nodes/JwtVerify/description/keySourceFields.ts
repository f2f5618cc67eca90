import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Sources whose keys come with the token or from an address of their own each. */
export const specialKeySources: INodePropertyOptions[] = [
	{
		name: 'AWS Application Load Balancer',
		value: 'awsAlb',
		description: 'Tokens of a load balancer that signs users in (x-amzn-oidc-data)',
	},
	{
		name: 'Certificate Chain in the Token',
		value: 'certificateChain',
		description: 'App Store Server Notifications and others (x5c): up to a root that you paste',
	},
];

/** Fields of {@link specialKeySources}. */
export const specialKeySourceFields: INodeProperties[] = [
	{
		displayName: 'Load Balancer ARN',
		name: 'loadBalancerArn',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add ARN' },
		default: [''],
		required: true,
		placeholder:
			'e.g. arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188',
		description:
			'Whose tokens are accepted: one of these has to be the "signer" in their header. Load balancers of all AWS customers share their keys, so that nothing else tells yours from others. Audience is then the client ID that it signs users in with.',
		displayOptions: { show: { keySource: ['awsAlb'] } },
	},
	{
		displayName: 'Root Certificates',
		name: 'rootCertificates',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
		description:
			'The certificate of the authority that the chain has to lead to, as PEM. Several may follow each other.',
		displayOptions: { show: { keySource: ['certificateChain'] } },
	},
	{
		displayName: 'Leaf Certificate OID',
		name: 'leafOid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1.2.840.113635.100.6.11.1',
		description:
			'Extension that the certificate of the key has to have. Fill in this field or the next: a root issues certificates to many.',
		displayOptions: { show: { keySource: ['certificateChain'] } },
	},
	{
		displayName: 'Leaf Certificate Host',
		name: 'leafHost',
		type: 'string',
		default: '',
		placeholder: 'e.g. mds.fidoalliance.org',
		description:
			'Host name that the certificate of the key has to be for, among its alternative names (SAN)',
		displayOptions: { show: { keySource: ['certificateChain'] } },
	},
	{
		displayName: 'Intermediate Certificate OID',
		name: 'intermediateOid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1.2.840.113635.100.6.2.1',
		description:
			'Extension that the issuer of that certificate has to have. The chain then has to be of exactly three certificates.',
		displayOptions: { show: { keySource: ['certificateChain'] } },
	},
];
