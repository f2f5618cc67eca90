import { readCredential } from '../../../../nodes/JwtHttpRequest/read/credential';
import { standIn } from '../../support/standIn';

const token = {
	token: 'a.b.c',
	sameForEveryItem: true,
	allowedHttpRequestDomains: 'domains',
	allowedDomains: 'api.test',
};
const node = {
	credentials: {
		jwtTokenApi: { id: '7', name: 'My token' },
		jwtSignApi: { id: '8', name: 'My key' },
	},
};

describe('the credential of an item', () => {
	it('is the one the person chose, with where its token may go', async () => {
		const { context } = standIn({
			parameters: [{ credentialType: 'jwtTokenApi' }],
			credentials: { jwtTokenApi: token },
			node,
		});
		expect(await readCredential(context, 0)).toMatchObject({
			type: 'jwtTokenApi',
			id: '7',
			name: 'My token',
			data: token,
			sending: {
				domains: { mode: 'domains', allowedDomains: 'api.test' },
				placement: { target: 'header', headerName: 'Authorization', headerPrefix: 'Bearer' },
			},
		});
	});

	it('is asked for once where it is the same for all items', async () => {
		const parameters = [1, 2].map(() => ({ credentialType: 'jwtTokenApi' }));
		const credentials = { jwtTokenApi: token };
		const { context, asked } = standIn({ parameters, credentials, node });
		const [first, second] = [await readCredential(context, 0), await readCredential(context, 1)];
		expect(asked).toEqual(['jwtTokenApi']);
		expect(first.data).toEqual(second.data);
	});

	it('has the claims of its item worked in, where it signs', async () => {
		const key = { algorithm: 'HS256', secret: 's'.repeat(32), payload: '{ "iss": "me" }' };
		const parameters = ['ann', 'bob'].map((subject) => ({
			specifyClaims: 'keypair',
			claims: { subject },
		}));
		const { context } = standIn({ parameters, credentials: { jwtSignApi: key }, node });
		const read = await Promise.all([readCredential(context, 0), readCredential(context, 1)]);
		expect(read.map(({ type }) => type)).toEqual(['jwtSignApi', 'jwtSignApi']);
		expect(JSON.stringify(read[0].data)).toContain('ann');
		expect(JSON.stringify(read[0].data)).not.toContain('bob');
		expect(JSON.stringify(read[1].data)).toContain('bob');
	});

	it('is refused where nobody knows its type', async () => {
		const { context } = standIn({ parameters: [{ credentialType: 'oAuth2Api' }] });
		await expect(readCredential(context, 0)).rejects.toMatchObject({
			code: 'FIELD_INVALID',
			message: expect.stringContaining('Authentication') as string,
		});
	});
});
