import { hostOf } from '../shared/url';
import { needed, text } from './fields';
import type { GenericData, ServiceField } from './service';
import { readServiceUrl } from './serviceValues';

/** The fields for an ID token of Google, which a service behind Cloud Run or IAP takes. */
export const idTokenFields: Array<ServiceField<'serviceUrl' | 'targetAudience'>> = [
	needed('serviceUrl', 'Service URL', 'Of what is called', 'https://hello-abc123-ew.a.run.app'),
	text('targetAudience', 'Audience', 'OAuth client ID of IAP. Empty for Cloud Run.', {
		placeholder: '1234-abc.apps.googleusercontent.com',
	}),
];

/** An ID token is for that service alone; Google, who made it, gets it in a test. */
export function idTokenHosts(serviceUrl: string): string {
	const service = hostOf(readServiceUrl(serviceUrl, 'Service URL'));
	return `oauth2.googleapis.com, www.googleapis.com, ${service}`;
}

/**
 * What makes a grant one for an ID token.
 *
 * @param iss e-mail address of the service account
 * @param audience where it is not the service's address
 */
export function idTokenGrant(
	iss: string,
	serviceUrl: string,
	audience: string,
): Pick<GenericData, 'payload' | 'responseField'> {
	const target = audience === '' ? readServiceUrl(serviceUrl, 'Service URL') : audience;
	return { payload: { iss, target_audience: target }, responseField: 'id_token' };
}
