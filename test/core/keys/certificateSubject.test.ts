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
	const all = {
		...{ commonName: ' Ünï ', organization: ' O ', organizationalUnit: ' OU ', country: ' de ' },
	};
	expect(read(all)).toEqual([
		['550406', 'DE'],
		['55040a', 'O'],
		['55040b', 'OU'],
		['550403', 'Ünï'],
	]);
});

it('leaves out what is blank', () => {
	expect(read({ organization: ' ', organizationalUnit: '\t', country: ' ' })).toEqual([
		['550403', 'n8n'],
	]);
});

it('writes the country as a PrintableString, the others as UTF-8, RFC 5280 appendix A', () => {
	const subject = { ...PLAIN, organization: 'O', organizationalUnit: 'OU', country: 'DE' };
	const tags = derChildren(readDer(subjectName(subject))).map(
		(part) => derChildren(derChildren(part)[0])[1]?.tag,
	);
	expect(tags).toEqual([0x13, 0x0c, 0x0c, 0x0c]);
});

it('takes 64 characters, however many bytes', () => {
	expect(read({ commonName: '🙂'.repeat(64) })).toEqual([['550403', '🙂'.repeat(64)]]);
});

const LONG = 'is longer than 64 characters.';
const CONTROL = 'is a text with control characters.';

it.each<[string, string, Partial<CertificateSubject>, string]>([
	['Common Name', 'is empty.', { commonName: ' ' }, 'what the service shows the certificate as'],
	['Common Name', LONG, { commonName: 'x'.repeat(65) }, 'Shorten it'],
	['Common Name', CONTROL, { commonName: 'a\nb' }, 'in one line'],
	['Common Name', CONTROL, { commonName: '\ud800' }, 'in one line'],
	['Organization', LONG, { organization: 'x'.repeat(65) }, 'Shorten it'],
	['Organizational Unit', CONTROL, { organizationalUnit: 'a\0b' }, 'in one line'],
	['Country', 'is not a code of two letters.', { country: 'Germany' }, 'such as DE or US'],
	['Country', 'is not a code of two letters.', { country: 'd1' }, 'such as DE or US'],
])('%s %s for %j', (label, problem, subject, hint) => {
	const error = expectCode('FIELD_INVALID', () => subjectName({ ...PLAIN, ...subject }));
	expect(error.message).toBe(`${label} ${problem}`);
	expect(error.hint).toContain(hint);
});
