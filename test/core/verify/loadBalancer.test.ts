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

it('the address may be entered, with or without a slash at the end', () => {
	for (const entered of ['https://keys.example/alb', 'https://keys.example/alb/']) {
		expect(addressOf(arn('aws-cn', 'cn-north-1'), entered)).toBe('https://keys.example/alb/');
	}
});

it.each([
	'',
	'web/50dc6c495c0c9188',
	arn('aws', ''),
	arn('aws', 'evil.example/'),
	arn('aws', 'eu-central-1.evil'),
	arn('aws', '../../x'),
	arn('aws', 'EU-CENTRAL-1'),
	arn('aws', 'eu-central-1').replace('app/', 'net/'),
	arn('aws', 'eu-central-1').replace('123456789012', '1'),
	arn('aws', 'eu-central-1').replace('elasticloadbalancing', 's3'),
	`${arn('aws', 'eu-central-1')}:more`,
])('%j is no ARN of an Application Load Balancer', (text) => {
	expect(() => addressOf(text)).toThrow(
		expect.objectContaining({ code: 'FIELD_INVALID' }) as Error,
	);
});

it('where AWS has the keys is not known of every part of it', () => {
	expect(() => addressOf(arn('aws-cn', 'cn-north-1'))).toThrow('is not known');
});

it.each([
	['http://keys.example/', 'URL_INVALID'],
	['https://user:password@keys.example/', 'URL_INVALID'],
	['https://keys.example/?kid=', 'URL_INVALID'],
	['keys.example', 'URL_INVALID'],
])('the address is not %s', (entered, code) => {
	expect(() => addressOf(arn('aws', 'eu-central-1'), entered)).toThrow(
		expect.objectContaining({ code }) as Error,
	);
});

it('plain HTTP will do in a network of one’s own where somebody said so', () => {
	const own = 'http://keys:8080/';
	expect(() => addressOf(arn('aws', 'eu-central-1'), own)).toThrow('http://');
	expect(addressOf(arn('aws', 'eu-central-1'), own, true)).toBe(own);
});
