import { readLoadBalancer } from '../../../core/verify/loadBalancer';

const arn = (partition: string, region: string) =>
	`arn:${partition}:elasticloadbalancing:${region}:123456789012:loadbalancer/app/web/50dc6c495c0c9188`;
const addressOf = (text: string, entered = '', own = false) =>
	readLoadBalancer(text, entered, own).keyAddress;

it.each([
	[arn('aws', 'eu-central-1'), 'https://public-keys.auth.elb.eu-central-1.amazonaws.com/'],
	[
		arn('aws-us-gov', 'us-gov-west-1'),
		'https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1/',
	],
])('the keys of %s are at %s', (text, address) => {
	expect(addressOf(text)).toBe(address);
});

it.each(['', '/', '?', '#', '/#', '/?#'])(
	'the address may be entered, with nothing of meaning at the end: %j',
	(end) => {
		const entered = `https://keys.example/alb${end}`;
		expect(addressOf(arn('aws-cn', 'cn-north-1'), entered)).toBe('https://keys.example/alb/');
	},
);

it.each([
	'',
	'web/50dc6c495c0c9188',
	arn('aws', ''),
	arn('aws', 'evil.example/'),
	arn('aws', 'eu-central-1.evil'),
	arn('aws', '../../x'),
	arn('aws', 'EU-CENTRAL-1'),
	arn('aws', 'evil.example/eu-central-1'),
	arn('aws', 'e1-central-1'),
	arn('aws', 'eu-central-1').replace('arn:', 'urn:'),
	arn('aws', 'eu-central-1').replace('app/', 'net/'),
	arn('aws', 'eu-central-1').replace('123456789012', '1'),
	arn('aws', 'eu-central-1').replace('123456789012', 'x123456789012'),
	arn('aws', 'eu-central-1').replace('123456789012', '1234567890123'),
	arn('aws', 'eu-central-1').replace('elasticloadbalancing', 's3'),
	`${arn('aws', 'eu-central-1')}:more`,
])('%j is no ARN of an Application Load Balancer', (text) => {
	expect(() => addressOf(text)).toThrow(
		expect.objectContaining({
			code: 'FIELD_INVALID',
			message: 'Load Balancer ARN is not the ARN of an Application Load Balancer.',
			hint: expect.stringContaining('Copy the ARN of the load balancer') as string,
		}) as Error,
	);
});

it('where AWS has the keys is not known of every part of it', () => {
	expect(() => addressOf(arn('aws-cn', 'cn-north-1'))).toThrow(
		expect.objectContaining({
			code: 'FIELD_INVALID',
			message: expect.stringContaining('is not known') as string,
			hint: expect.stringContaining('Public Key Address under Options') as string,
		}) as Error,
	);
});

it.each([
	['http://keys.example/', 'begins with http://', 'Use https://'],
	['https://user:password@keys.example/', 'has a user name or password', 'Take out'],
	['https://keys.example/?kid=', 'has a query or a fragment', 'before the ID of the key'],
	['https://keys.example/#kid', 'has a query or a fragment', 'before the ID of the key'],
	['keys.example', 'is not a web address', 'beginning with https://'],
])('the address is not %s', (entered, what, hint) => {
	expect(() => addressOf(arn('aws', 'eu-central-1'), entered)).toThrow(
		expect.objectContaining({
			code: 'URL_INVALID',
			message: expect.stringContaining(`Public Key Address ${what}`) as string,
			hint: expect.stringContaining(hint) as string,
		}) as Error,
	);
});

it('plain HTTP will do in a network of one’s own where somebody said so', () => {
	const own = 'http://keys:8080/';
	expect(() => addressOf(arn('aws', 'eu-central-1'), own)).toThrow('http://');
	expect(addressOf(arn('aws', 'eu-central-1'), own, true)).toBe(own);
});
