import { readDomainRestriction } from '../../../core/settings/readDomains';

describe('where a credential may be used', () => {
	it('is everywhere where nothing is said, as for n8n', () => {
		expect(readDomainRestriction({})).toEqual({ mode: 'all', allowedDomains: '' });
	});

	it.each(['all', 'none', 'domains'])('is what the form says: %s', (mode) => {
		const read = readDomainRestriction({
			allowedHttpRequestDomains: mode,
			allowedDomains: 'a.example',
		});
		expect(read).toEqual({ mode, allowedDomains: mode === 'domains' ? 'a.example' : '' });
	});

	it('is nowhere where hosts are to be listed and none is', () => {
		const read = readDomainRestriction({ allowedHttpRequestDomains: 'domains' });
		expect(read).toEqual({ mode: 'domains', allowedDomains: '' });
	});

	it.each([undefined, null, '', 'ALL', ' all', true, 0, ['all'], { mode: 'all' }])(
		'is nowhere for a mode nobody knows: %j',
		(allowedHttpRequestDomains) => {
			expect(() => readDomainRestriction({ allowedHttpRequestDomains })).toThrow(
				expect.objectContaining({
					code: 'DOMAIN_NOT_ALLOWED',
					message: expect.stringMatching(
						/^Allowed HTTP Request Domains is .*, which allows no host/,
					),
					hint: expect.stringContaining('has to give all, domains or none'),
				}),
			);
		},
	);

	it.each([undefined, null, 5, true, ['a.example'], { host: 'a.example' }])(
		'is nowhere for a list that is no text: %j',
		(allowedDomains) => {
			const data = { allowedHttpRequestDomains: 'domains', allowedDomains };
			expect(() => readDomainRestriction(data)).toThrow(
				expect.objectContaining({
					code: 'DOMAIN_NOT_ALLOWED',
					message: expect.stringMatching(/^Allowed Domains is .*, which allows no host/),
					hint: expect.stringContaining('one text, separated by commas'),
				}),
			);
		},
	);
});
