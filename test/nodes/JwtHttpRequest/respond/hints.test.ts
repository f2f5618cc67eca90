import type { ItemCredential } from '../../../../nodes/JwtHttpRequest/read/credential';
import { RunHints } from '../../../../nodes/JwtHttpRequest/respond/hints';
import { exchangeData } from '../../../core/support/exchangeCases';
import { standIn } from '../../support/standIn';

const DAY = 86_400_000;

function credential(sending: object = {}): ItemCredential {
	const usual = {
		placement: { target: 'header' },
		domains: { mode: 'domains', allowedDomains: 'api.test' },
		credentialExpiresAt: undefined,
	};
	return { name: 'My key', sending: { ...usual, ...sending } } as ItemCredential;
}

/** What is shown after a run of this. */
function shown(run: (hints: RunHints) => void, items: object[] = [{ json: {} }], isTool = false) {
	const { context, hints } = standIn({ isTool });
	const collected = new RunHints();
	run(collected);
	collected.show(context, items as Array<{ json: never }>);
	return hints;
}

const note = (sending: object, url = 'https://api.test/') =>
	shown((hints) => hints.note(credential(sending), url));

it('nothing is said where nothing is amiss', () => {
	expect(note({})).toEqual([]);
});

it('a token in the query of an http URL is told, but not of an https one', () => {
	const placement = { target: 'query' };
	expect(note({ placement }, 'http://api.test/')).toEqual([expect.stringContaining('Use https')]);
	expect(note({ placement })).toEqual([]);
});

it('an exchange without encryption is told, but not one of this machine', () => {
	const noted = (tokenUrl: string) =>
		shown((hints) => {
			const data = exchangeData({ tokenUrl, useAdvanced: true, allowPlainHttp: true });
			hints.note({ ...credential(), type: 'jwtExchangeApi', data }, 'https://api.test/');
		});
	expect(noted('http://keycloak:8080/token')).toEqual([
		expect.stringContaining('keycloak:8080 is asked without encryption'),
	]);
	expect(noted('http://localhost:8080/token')).toEqual([]);
	expect(noted('https://keycloak:8080/token')).toEqual([]);
});

it('a token that may go to any host is told, by the name of its credential', () => {
	expect(note({ domains: { mode: 'all' } })).toEqual([expect.stringContaining('"My key"')]);
});

it.each([
	[0.5, 'expires within a day'],
	[1.5, 'expires in 1 day ('],
	[13.5, 'expires in 13 days'],
])('a credential with %d days left is told', (days, message) => {
	const credentialExpiresAt = Date.now() + days * DAY;
	expect(note({ credentialExpiresAt })).toEqual([expect.stringContaining(message)]);
});

it('a credential with two weeks left is not', () => {
	expect(note({ credentialExpiresAt: Date.now() + 14.5 * DAY })).toEqual([]);
});

it('a redirect that lost the token is told with its target, however many items met it', () => {
	const hints = shown((collected) => {
		for (let item = 0; item < 3; item++) collected.noteLostToken('https://other.test');
	});
	expect(hints).toEqual([expect.stringContaining('redirected to https://other.test')]);
});

it('splitting a list out is proposed for a single item with one, but not to an AI agent', () => {
	const nothing = () => {};
	const list = { json: { data: [1] } };
	expect(shown(nothing, [list])).toEqual([expect.stringContaining('Split Out')]);
	expect(shown(nothing, [list, list])).toEqual([]);
	expect(shown(nothing, [list], true)).toEqual([]);
	expect(shown(nothing, [])).toEqual([]);
});
