// @ts-check
'use strict';

// npm run mutation [room or room/file of core …] [--option of Stryker]: changes the code in thousands of
// small ways, and says which changes the tests of the room do not notice. Without a name: every room,
// which takes hours.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const rooms = readdirSync(path.join(root, 'core'), { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'bundled')
	.map(({ name }) => name);

const given = process.argv.slice(2);
const names = given.filter((one) => !one.startsWith('--'));
const options = given.filter((one) => one.startsWith('--'));
const unknown = names.filter(
	(name) => !rooms.includes(name) && !existsSync(path.join(root, 'core', `${name}.ts`)),
);
if (unknown.length > 0) {
	console.error(`Neither rooms nor files of core: ${unknown}. The rooms are ${rooms.join(', ')}.`);
	process.exit(1);
}

let failed = false;
for (const name of names.length > 0 ? names : rooms) {
	const [room = ''] = name.split('/');
	const files = name === room ? `core/${room}/**/*.ts` : `core/${name}.ts`;
	const kept = `.cache/mutation/${room}.json`;
	const { status } = spawnSync(
		'npx',
		['stryker', 'run', '--mutate', files, '--incrementalFile', kept, ...options],
		{ cwd: root, stdio: 'inherit', env: { ...process.env, MUTATION_ROOM: room } },
	);
	if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
