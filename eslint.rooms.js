// @ts-check
'use strict';

/**
 * The rooms of the code and their doors: which room may import which, type imports included. A name
 * with a slash is a single file of a room. `errors` is open to everybody. ESLint refuses other
 * imports, and test/architecture.test.ts compares this table with the one in CONTRIBUTING.md.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const MAY_IMPORT = {
	bundled: [],
	shared: [],
	keys: ['shared', 'bundled'],
	jws: ['shared', 'keys', 'bundled'],
	request: ['shared'],
	sign: ['shared', 'keys', 'jws', 'request'],
	verify: ['shared', 'keys', 'jws', 'request/tlsFailure', 'bundled'],
	exchange: [
		'shared',
		'keys',
		'jws',
		'request',
		'sign',
		'verify/discovery',
		'verify/fetchDocument',
		'bundled',
	],
	http: ['shared', 'request', 'bundled'],
	settings: ['shared', 'keys', 'request', 'sign', 'verify', 'exchange'],
	services: ['shared', 'keys', 'settings'],
	authenticate: ['shared', 'keys', 'jws', 'request', 'sign', 'exchange', 'settings', 'services'],
	credentials: [
		'shared/expressionText',
		'keys/algorithms',
		'keys/proofKey',
		'request/network',
		'exchange/exchangeSettings',
		'sign/requestBindingValues',
		'settings/advancedOptions',
		'settings/fieldPlaces',
		'settings/keptKeyFields',
		'settings/secretEncoding',
		'settings/storedContent',
		'services',
		'authenticate',
	],
	nodes: [
		'shared',
		'keys/algorithms',
		'keys/publicHalf',
		'keys/publicJwks',
		'keys/types',
		'request',
		'sign',
		'verify',
		'exchange',
		'http',
		'settings',
		'authenticate',
	],
};

/** @param {readonly string[]} rooms */
const fileIn = (rooms) =>
	`(?:errors|${rooms.map((room) => (room.includes('/') ? room : `${room}/[^/]+`)).join('|')})$`;

/**
 * The ESLint configuration that holds {@link MAY_IMPORT}.
 *
 * @returns {import('eslint').Linter.Config[]}
 */
function roomRules() {
	return Object.entries(MAY_IMPORT).map(([room, allowed]) => {
		const inCore = room !== 'nodes' && room !== 'credentials';
		const message = `${room} may import errors${allowed.map((name) => `, ${name}`).join('')} only; see MAY_IMPORT.`;
		/** @type {Array<{ regex: string, message: string }>} */
		const patterns = inCore
			? [
					{ regex: `^\\.\\./(?!${fileIn(allowed)})`, message },
					{ regex: '^\\./.*/', message: 'Rooms have no folders inside.' },
				]
			: [
					{ regex: `(?:^|/)core/(?!${fileIn(allowed)})`, message },
					{
						regex: room === 'nodes' ? '(?:^|/)credentials/' : '(?:^|/)nodes/',
						message: 'Share through core, not between credentials and nodes.',
					},
				];
		// A library ships through bundled/ alone, and core knows no n8n.
		if (room === 'bundled') patterns.push({ regex: '^(?:\\.|node:|n8n)', message });
		else patterns.push({ regex: inCore ? '^(?!\\.|node:crypto$)' : '^jose', message });
		return {
			files: [`${inCore ? 'core/' : ''}${room}/**/*.ts`],
			rules: { 'no-restricted-imports': ['error', { patterns }] },
		};
	});
}

module.exports = { MAY_IMPORT, roomRules };
