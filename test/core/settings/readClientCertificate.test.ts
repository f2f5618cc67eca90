import { readClientCertificate } from '../../../core/settings/readClientCertificate';
import { expectCode } from '../support/expectCode';

describe('the client certificate of a form', () => {
	it('is none where both fields are empty', () => {
		expect(readClientCertificate({})).toBeUndefined();
		const blank = { tlsCertificate: ' ', tlsPrivateKey: ' \n', tlsPassphrase: 'x' };
		expect(readClientCertificate(blank)).toBeUndefined();
	});

	it('is read with its key and passphrase', () => {
		const data = { tlsCertificate: 'c', tlsPrivateKey: 'k', tlsPassphrase: 'p' };
		expect(readClientCertificate(data)).toEqual({ certificate: 'c', key: 'k', passphrase: 'p' });
	});

	it('is not passed over where only the key is there', () => {
		const error = expectCode('CERTIFICATE_MALFORMED', () =>
			readClientCertificate({ tlsPrivateKey: 'k' }),
		);
		expect(error.message).toBe('Client Certificate Key has no certificate.');
		expect(error.hint).toContain('Paste the certificate into Client Certificate');
	});

	it.each([
		['tlsCertificate', 'Client Certificate'],
		['tlsPrivateKey', 'Client Certificate Key'],
		['tlsPassphrase', 'Client Key Passphrase'],
	])('that an expression did not find is refused by its name: %s, %s', (name, label) => {
		const { message } = expectCode('FIELD_INVALID', () =>
			readClientCertificate({ tlsCertificate: 'c', [name]: undefined }),
		);
		expect(message.startsWith(`${label} is an expression that found nothing`)).toBe(true);
	});
});
