import type { IExecuteFunctions } from 'n8n-workflow';
import type { PublicHalf } from '../../../core/keys/publicHalf';
import type { Form } from '../../../core/settings/fieldValue';
import { nodeForm } from '../../common/nodeForm';

type Subject = Extract<PublicHalf, { format: 'certificate' }>['subject'];

function readSubject(form: Form): Subject {
	const details = form.field('subjectDetails', 'Subject Details').section();
	return {
		commonName: form.field('commonName', 'Common Name').text('n8n'),
		country: details.field('country', 'Country').text(''),
		organization: details.field('organization', 'Organization').text(''),
		organizationalUnit: details.field('organizationalUnit', 'Organizational Unit').text(''),
	};
}

/** What the form of Get Public Key says for one item. */
export type PublicKeyForm = PublicHalf & {
	/** Of a credential with several keys. */
	whichKey: 'inUse' | 'newest';
};

/** Longest life of a certificate in days; a hundred years. */
const LONGEST_LIFE = 36_500;

/**
 * Reads the form of Get Public Key for one item.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readPublicKeyForm(context: IExecuteFunctions, itemIndex: number): PublicKeyForm {
	const form = nodeForm(context, itemIndex);
	const options = form.field('options', 'Options').section();
	const whichKey = options.field('whichKey', 'Which Key').choice(['inUse', 'newest'], 'newest');
	const format = form
		.field('publicKeyFormat', 'Format')
		.choice(['certificate', 'certificateRequest', 'publicKey'], 'publicKey');
	if (format === 'publicKey') {
		const snowflakeUser = options.field('snowflakeUser', 'Snowflake User').text('').trim();
		return { whichKey, format, snowflakeUser };
	}
	const subject = readSubject(form);
	if (format === 'certificateRequest') return { whichKey, format, subject };
	const bounds = { fallback: 365, least: 1, most: LONGEST_LIFE };
	return {
		whichKey,
		format,
		subject,
		lifeInDays: form.field('lifeInDays', 'Life in Days').wholeNumber(bounds),
	};
}
