import { CREDENTIAL_EMPTY_VALUE, type INodeProperties } from 'n8n-workflow';
import { KEY_NUMBERS, keptKeyField } from '../../core/settings/keptKeyFields';

/**
 * A hidden field that n8n fills, and that keeps its value when the form is saved.
 *
 * n8n's form sends only what differs from the default, and the server drops what was not sent: a value
 * that was stored while the form was open would be gone with the next Save. So the form begins with what
 * stands for "as it is stored", which the server replaces by what is stored. The editor takes the
 * default of the first property of a name, and sends what differs from that of one that is displayed,
 * which the first never is.
 */
function keptField(displayName: string, name: string, isSecret: boolean): INodeProperties[] {
	const field: INodeProperties = {
		displayName,
		name,
		type: 'hidden',
		default: '',
		...(isSecret && { typeOptions: { password: true } }),
	};
	return [
		{
			...field,
			default: CREDENTIAL_EMPTY_VALUE,
			displayOptions: { show: { keySource: ['a source that there is not'] } },
		},
		field,
	];
}

/** Hidden fields in which n8n keeps the key pair that it makes. */
export const keptKeyFields: INodeProperties[] = [
	...keptField('Generated Private Key', 'generatedPrivateKey', true),
	...keptField('Key Made', 'keyMade', false),
];

/** Hidden fields for the keys after the first, each of which is written once. */
export const nextKeyFields: INodeProperties[] = KEY_NUMBERS.slice(1).flatMap((number) =>
	keptField(`Generated Private Key ${number}`, keptKeyField(number), true),
);

/** Marks the field that n8n looks for before it stores what `preAuthentication` returns. */
export function expirable(fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) =>
		field.name === 'keyMade'
			? { ...field, typeOptions: { ...field.typeOptions, expirable: true } }
			: field,
	);
}

/** The choice between a key of one's own and one that n8n makes, and what there is to know of the latter. */
export function keySourceFields(algorithms: string[]): INodeProperties[] {
	return [
		{
			displayName: 'Key Source',
			name: 'keySource',
			type: 'options',
			options: [
				{
					name: 'Generate',
					value: 'generate',
					description: 'A new key pair, made by n8n; nobody ever sees its private half',
				},
				{
					name: 'Paste',
					value: 'paste',
					description: 'A private key that you have',
				},
			],
			default: 'paste',
			description: 'Where the private key comes from',
			displayOptions: { show: { algorithm: algorithms } },
		},
		...generatedKeyNotices({ algorithm: algorithms }),
	];
}

/**
 * What there is to know of a key that n8n makes, before and after.
 *
 * @param shownFor fields that have to hold one of these values too
 */
export function generatedKeyNotices(shownFor: Record<string, string[]>): INodeProperties[] {
	const showFor = (more: object) => ({ show: { ...shownFor, keySource: ['generate'], ...more } });
	return [
		{
			displayName:
				'n8n makes the key pair when this credential is used for the first time: save it, then run the node JWT Sign with the operation Get Public Key, this type of credential under Key Of, and this credential. Hand what that gives to the service. The key stays as it is from then on.',
			name: 'generateNotice',
			type: 'notice',
			default: '',
			displayOptions: showFor({ keyMade: [{ _cnd: { not: 'made' } }] }),
		},
		{
			displayName:
				'<b>The key pair has been made</b> and is kept here. JWT Sign, operation Get Public Key, gives its public half. It stays as it is, and goes with its kind of algorithm only: for a newer key of this kind choose Newest Key, for another kind create a new credential.',
			name: 'keyMadeNotice',
			type: 'notice',
			default: '',
			displayOptions: showFor({ keyMade: ['made'] }),
		},
	];
}

/** Size of an RSA key that n8n makes; to be shown under Advanced Options. */
export function rsaKeySizeField(algorithms: string[]): INodeProperties {
	return {
		displayName: 'RSA Key Size',
		name: 'rsaKeySize',
		type: 'options',
		options: ['2048', '3072', '4096'].map((value) => ({ name: `${value} Bits`, value })),
		default: '2048',
		description: 'Counts when n8n makes the key pair. 2048 is taken everywhere.',
		displayOptions: { show: { algorithm: algorithms, keySource: ['generate'] } },
	};
}
