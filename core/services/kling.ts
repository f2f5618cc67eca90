import { byChoice, choice, defineService, needed, secret } from './fields';

const URLS: Readonly<Record<string, string>> = {
	singapore: 'https://api-singapore.klingai.com',
	beijing: 'https://api-beijing.klingai.com',
};

/** Kling's API for videos and images. */
export const kling = defineService({
	name: 'Kling AI',
	recipe: 'kling',
	exchanges: false,
	api: { url: `${URLS.singapore}/account/costs?start_time=1735689600000&end_time=1735776000000` },
	hosts: 'api-singapore.klingai.com, api-beijing.klingai.com',
	advice: 'Check that Access Key and Secret Key belong together, and Region.',
	forbidden: 'Check what the account has bought.',
	test: {
		baseUrl: byChoice('region', URLS),
		// What one day in the past has cost.
		path: '/account/costs?start_time=1735689600000&end_time=1735776000000',
		failsOn: { key: 'code', values: [1000, 1001, 1002, 1003, 1004] },
	},
	fields: [
		needed('accessKey', 'Access Key', 'Kling AI Developer Console > API Keys'),
		secret('secretKey', 'Secret Key', 'Shown once, beside the access key'),
		choice('region', 'Region', 'Where the account is', {
			singapore: 'International (Singapore)',
			beijing: 'China (Beijing)',
		}),
	],
	toGeneric: ({ accessKey, secretKey }) => ({
		algorithm: 'HS256',
		secret: secretKey,
		payload: { iss: accessKey },
		expiresIn: '30m',
		addNbf: true,
		nbfOffset: -5,
	}),
});
