import { subjectName, type CertificateSubject } from '../../../core/keys/certificateSubject';
import { derChildren, oidHex, readDer } from '../../../core/keys/der';
import { expectCode } from '../support/expectCode';

const PLAIN = { commonName: 'n8n', organization: '', organizationalUnit: '', country: '' };

/** Attributes by their object identifier, as hex, in their order. */
function read(subject: Partial<CertificateSubject>): Array<[string | undefined, string]> {
	return derChildren(readDer(subjectName({ ...PLAIN, ...subject }))).map((part) => {
		const [oid, value] = derChildren(derChildren(part)[0]);
		return [oidHex(oid), value?.content.toString('utf8') ?? ''];
	});
}

it('has the common name alone where nothing else is given', () => {
	expect(read({})).toEqual([['550403', 'n8n']]);
});

it('goes from the country to the common name, without blanks around, the country in capitals', () => {
	const all = { commonName: ' Ünï ', organization: 'O', organizationalUnit: 'OU', country: ' de ' };
	expect(read(all)).toEqual([
		['550406', 'DE'],
		['55040a', 'O'],
		['55040b', 'OU'],
		['550403', 'Ünï'],
	]);
});

it('takes 64 characters, however many bytes', () => {
	expect(read({ commonName: '🙂'.repeat(64) })).toEqual([['550403', '🙂'.repeat(64)]]);
});

it.each<[string, Partial<CertificateSubject>]>([
	['Common Name', { commonName: ' ' }],
	['Common Name', { commonName: 'x'.repeat(65) }],
	['Common Name', { commonName: 'a\nb' }],
	['Common Name', { commonName: '\ud800' }],
	['Organization', { organization: 'x'.repeat(65) }],
	['Organizational Unit', { organizationalUnit: 'a\0b' }],
	['Country', { country: 'Germany' }],
	['Country', { country: 'd1' }],
])('names %s in the error for %j', async (label, subject) => {
	const error = expectCode('FIELD_INVALID', () => subjectName({ ...PLAIN, ...subject }));
	expect(error.message).toContain(label);
});
