import { readClientCertificate } from '../../../core/settings/readClientCertificate';
import { expectCode } from '../support/expectCode';

describe('the client certificate of a form', () => {
	it('is none where both fields are empty', () => {
		expect(readClientCertificate({})).toBeUndefined();
		expect(readClientCertificate({ tlsCertificate: ' ', tlsPassphrase: 'x' })).toBeUndefined();
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
	});

	it('that an expression did not find is refused by its name', () => {
		const error = expectCode('FIELD_INVALID', () =>
			readClientCertificate({ tlsCertificate: undefined }),
		);
		expect(error.message).toContain('Client Certificate');
	});
});
