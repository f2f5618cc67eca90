import { JwtVerify } from '../../../nodes/JwtVerify/JwtVerify.node';
import { standIn } from '../support/standIn';

/** What Verify says of a form whose mistake lies in its key source, with a token that is none. */
async function problem(form: Record<string, unknown>): Promise<string> {
	const parameters = [{ operation: 'verify', jwt: 'a.b.c', audience: ['x'], ...form }];
	const { context } = standIn({ parameters, continues: true });
	const [, [item] = []] = await new JwtVerify().execute.call(context);
	return String(item?.json.error ?? item?.json.reason);
}

const ALB = {
	keySource: 'awsAlb',
	loadBalancerArn: [
		'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188',
	],
};
const PATTERN = { keySource: 'issuer', issuerUrl: 'https://login.example/{tid}/v2.0' };
const chain = { keySource: 'certificateChain', rootCertificates: 'x', leafOid: '1.2.3' };

it.each<[string, Record<string, unknown>, RegExp]>([
	[
		'no load balancer',
		{ ...ALB, loadBalancerArn: [''] },
		/Load Balancer ARN is empty.*CHECK_EMPTY/,
	],
	['something else as a load balancer', { ...ALB, loadBalancerArn: 'web' }, /FIELD_INVALID/],
	[
		'a key address without encryption',
		{ ...ALB, options: { keyAddress: 'http://a.example' } },
		/Public Key Address.*URL_INVALID/,
	],
	['no audience', { ...ALB, audience: [] }, /AUDIENCE_REQUIRED/],
	['tenants that nobody listed', PATTERN, /Allowed Tenants.*CHECK_EMPTY/],
	[
		'tenants that an expression left empty',
		{ ...PATTERN, checks: { tenants: [''] } },
		/Allowed Tenants.*CHECK_EMPTY/,
	],
	['all tenants', { ...PATTERN, checks: { tenants: ['*'] } }, /Allowed Tenants.*FIELD_INVALID/],
	[
		'an issuer that is empty beside a further one',
		{ ...PATTERN, issuerUrl: '', checks: { furtherIssuers: ['https://b.example'] } },
		/URL_INVALID/,
	],
	[
		'a further issuer that is no address',
		{ ...PATTERN, issuerUrl: 'https://a.example', checks: { furtherIssuers: ['b'] } },
		/URL_INVALID/,
	],
	['a root that is none', chain, /CERTIFICATE_MALFORMED/],
	['no mark of the leaf', { ...chain, leafOid: '' }, /Leaf Certificate.*CHECK_EMPTY/],
])('%s is a mistake in the form, whatever the token', async (_what, form, words) => {
	expect(await problem(form)).toMatch(words);
});

it('nothing is fetched for a token that is none', async () => {
	expect(await problem(ALB)).toBe('TOKEN_MALFORMED');
	expect(await problem({ ...PATTERN, checks: { tenants: ['t1'] } })).toBe('TOKEN_MALFORMED');
});
