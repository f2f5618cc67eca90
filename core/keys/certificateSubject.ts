import { der, derOid } from './derWriter';
import { JwtAuthError } from '../errors';

/** Whom a certificate is for; empty parts are left out. */
export interface CertificateSubject {
	commonName: string;
	organization: string;
	organizationalUnit: string;
	/** Two letters, ISO 3166-1 alpha-2. */
	country: string;
}

/** Longest part of a name, RFC 5280 appendix A (`ub-common-name` and the like). */
const LONGEST_PART = 64;

function refuse(label: string, found: string, hint: string): never {
	throw new JwtAuthError('FIELD_INVALID', `${label} is ${found}.`, { hint });
}

function assertPart(label: string, value: string): void {
	if ([...value].length > LONGEST_PART) {
		refuse(
			label,
			`longer than ${LONGEST_PART} characters`,
			'Certificates hold no more. Shorten it.',
		);
	}
	if (/\p{Cc}|\p{Cs}/u.test(value)) {
		refuse(label, 'a text with control characters', 'Write it in one line.');
	}
}

function attribute(oid: string, value: Buffer): Buffer {
	return der('set', der('sequence', derOid(oid), value));
}

/**
 * Name of a certificate's subject, RFC 5280 §4.1.2.4: country, organization, unit, common name.
 *
 * @returns DER
 * @throws {@link JwtAuthError} `FIELD_INVALID` for a common name that is blank, a part that is too long
 *   or has control characters, a country that is not two letters
 */
export function subjectName(subject: CertificateSubject): Buffer {
	const text = (value: string): Buffer => der('utf8String', Buffer.from(value, 'utf8'));
	const parts: Array<readonly [label: string, oid: string, value: string]> = [
		['Organization', '2.5.4.10', subject.organization.trim()],
		['Organizational Unit', '2.5.4.11', subject.organizationalUnit.trim()],
		['Common Name', '2.5.4.3', subject.commonName.trim()],
	];
	if (subject.commonName.trim() === '') {
		refuse('Common Name', 'empty', 'Enter what the service shows the certificate as, e.g. n8n.');
	}
	const country = subject.country.trim().toUpperCase();
	if (country !== '' && !/^[A-Z]{2}$/.test(country)) {
		refuse(
			'Country',
			'not a code of two letters',
			'Enter one such as DE or US, or leave it empty.',
		);
	}
	for (const [label, , value] of parts) assertPart(label, value);
	return der(
		'sequence',
		...(country === '' ? [] : [attribute('2.5.4.6', der('printableString', Buffer.from(country)))]),
		...parts
			.filter(([, , value]) => value !== '')
			.map(([, oid, value]) => attribute(oid, text(value))),
	);
}
