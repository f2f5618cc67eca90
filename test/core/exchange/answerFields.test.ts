import { readAnswerFields } from '../../../core/exchange/answerFields';
import { parseAnswer } from '../../../core/exchange/parseAnswer';

const answer = {
	access_token: 'at',
	scope: 'read write',
	account: { id: 7, name: 'Acme', tags: ['a', 'b'] },
	user: { id: 'u-1' },
	'https://example.com/role': 'admin',
	'a,b': { c: 1 },
};
const STS = 'AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials';
const KEYS = {
	AccessKeyId: 'ASIA1',
	SecretAccessKey: 's/+=',
	SessionToken: 't==',
	Expiration: 'E',
};

describe('what Answer Fields keeps of an answer', () => {
	it.each([
		['scope', { scope: 'read write' }],
		[' scope , account.id,', { scope: 'read write', id: 7 }],
		['account', { id: 7, name: 'Acme', tags: ['a', 'b'] }],
		['account.tags', { tags: ['a', 'b'] }],
		['account.tags[1]', { 1: 'b' }],
		['https://example.com/role', { 'https://example.com/role': 'admin' }],
		['["https://example.com/role"]', { 'https://example.com/role': 'admin' }],
		['["a,b"].c', { c: 1 }],
		["['a,b'].c, scope", { c: 1, scope: 'read write' }],
	])('%s is its values by their names', (paths, expected) => {
		expect(readAnswerFields(answer, paths)).toEqual(expected);
	});

	it('is null where the answer has none, not missing', () => {
		expect(readAnswerFields(answer, 'acount.id, constructor, __proto__.x')).toEqual({
			id: null,
			constructor: null,
			x: null,
		});
	});

	it('loses nothing of two values with one name', () => {
		expect(readAnswerFields(answer, 'account.id, user.id')).toEqual({ id: 7, 'user.id': 'u-1' });
		expect(readAnswerFields(answer, 'account.id, user')).toEqual({ id: 7, 'user.id': 'u-1' });
	});

	it.each(['', ' ', ' , '])('is nothing where %j asks for nothing', (paths) => {
		expect(readAnswerFields(answer, paths)).toBeUndefined();
	});

	it('is the same of an answer in XML as in JSON (AWS)', () => {
		const members = Object.entries(KEYS).map(([name, value]) => `<${name}>${value}</${name}>`);
		const inner = `<Credentials>\n${members.join('\n')}\n</Credentials>`;
		const xml = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>${inner}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
		const json = JSON.stringify({
			AssumeRoleWithWebIdentityResponse: { AssumeRoleWithWebIdentityResult: { Credentials: KEYS } },
		});
		for (const body of [xml, json]) {
			const parsed = parseAnswer({ status: 200, headers: {}, body });
			expect(readAnswerFields(parsed, STS)).toEqual(KEYS);
		}
	});
});
