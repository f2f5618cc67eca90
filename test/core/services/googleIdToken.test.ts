import { expectCode } from '../support/expectCode';
import { idTokenFields, idTokenGrant, idTokenHosts } from '../../../core/services/googleIdToken';

const serviceUrl = 'https://hello-abc123-ew.a.run.app/';

it('asks for the address of the service alone; IAP wants an audience of its own', () => {
	expect(idTokenFields.map(({ name, required }) => [name, required === true])).toEqual([
		['serviceUrl', true],
		['targetAudience', false],
	]);
	expect(idTokenGrant('me', serviceUrl, '')).toEqual({
		payload: { iss: 'me', target_audience: 'https://hello-abc123-ew.a.run.app' },
		responseField: 'id_token',
	});
	expect(idTokenGrant('me', serviceUrl, '1-a.apps.googleusercontent.com').payload).toMatchObject({
		target_audience: '1-a.apps.googleusercontent.com',
	});
});

it('speaks of the address by the name of its field', () => {
	const typed = `${serviceUrl}?x=1`;
	for (const read of [() => idTokenHosts(typed), () => idTokenGrant('me', typed, '')]) {
		expect(expectCode('URL_INVALID', read).message).toContain('Service URL');
	}
});

it('is for that service alone', () => {
	expect(idTokenHosts(serviceUrl)).toBe(
		'oauth2.googleapis.com, www.googleapis.com, hello-abc123-ew.a.run.app',
	);
});
