import { createHash, X509Certificate } from 'node:crypto';
import { checkBoundCertificate } from '../../../core/verify/boundCertificate';
import { der, issue } from '../support/certificateChains';
import { expectCode } from '../support/expectCode';

const client = issue({ subject: '/CN=client' });
const other = issue({ subject: '/CN=other' });
const x5t = createHash('sha256')
	.update(new X509Certificate(client.certificate).raw)
	.digest('base64url');
const bound = { cnf: { 'x5t#S256': x5t } };

describe('a token that is bound to a certificate (RFC 8705 §3.1)', () => {
	it.each([
		['as PEM', client.certificate],
		['as PEM in one line (HAProxy)', client.certificate.replace(/\n/g, ' ')],
		['escaped for a URL (nginx, $ssl_client_escaped_cert)', encodeURIComponent(client.certificate)],
		['as Base64 (HAProxy, ssl_c_der)', der(client)],
		['as RFC 9440 has it', `:${der(client)}:`],
		['as RFC 9440 has it, with blanks around', ` :${der(client)}: `],
		['with its chain behind it', client.certificate + other.certificate],
	])('holds where the certificate came %s', (_form, certificate) => {
		expect(() => checkBoundCertificate(bound, certificate)).not.toThrow();
	});

	it.each([
		['another certificate', other.certificate],
		['another one before it', other.certificate + client.certificate],
	])('is refused with %s', (_what, certificate) => {
		const refusal = () => checkBoundCertificate(bound, certificate);
		const { message, hint } = expectCode('CERTIFICATE_MISMATCH', refusal);
		expect(message).toContain('bound to another client certificate');
		expect(hint).toContain('proxy in front of n8n');
	});

	it.each(['', ' '])('is refused without a certificate: %j', (certificate) => {
		const refusal = () => checkBoundCertificate(bound, certificate);
		const { message, hint } = expectCode('CERTIFICATE_MISMATCH', refusal);
		expect(message).toBe('The call came without a client certificate.');
		expect(hint).toContain('proxy in front of n8n');
	});

	it.each([...['null', '(null)', '%E0%A4%A', x5t], ...[`x:${der(client)}:`, `:${der(client)}:x`]])(
		'is refused with what is no certificate: %.20s',
		(certificate) => {
			expectCode('CERTIFICATE_MALFORMED', () => checkBoundCertificate(bound, certificate));
		},
	);

	it('holds with a header of 64 kB, and is refused with a longer one', () => {
		const long = client.certificate.padEnd(65_536, '\n');
		expect(() => checkBoundCertificate(bound, long)).not.toThrow();
		const { message, hint } = expectCode('CERTIFICATE_MALFORMED', () =>
			checkBoundCertificate(bound, `${long}\n`),
		);
		expect(message).toBe('The client certificate is too long.');
		expect(hint).toContain('proxy in front of n8n');
	});

	it.each([{}, { cnf: 'text' }, { cnf: {} }, { cnf: { 'x5t#S256': '' } }, { cnf: { jkt: x5t } }])(
		'is one only where it says so: not with %j',
		(payload) => {
			const refusal = () => checkBoundCertificate(payload, client.certificate);
			const { message, hint } = expectCode('CLAIM_MISSING', refusal);
			expect(message).toContain('it has no cnf.x5t#S256');
			expect(hint).toContain('Ask the issuer for tokens bound to a client certificate');
		},
	);
});
