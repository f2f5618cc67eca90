// @ts-check
'use strict';

// npm run mutation [rooms of core]: changes them in thousands of small ways, and says which changes
// the tests of the room do not notice. Without a room: all of them, which takes hours.
const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const rooms = readdirSync(path.join(root, 'core'), { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'bundled')
	.map(({ name }) => name);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !rooms.includes(name));
if (unknown.length > 0) {
	console.error(`There is no room ${unknown.join(', ')}. The rooms are ${rooms.join(', ')}.`);
	process.exit(1);
}

let failed = false;
for (const room of wanted.length > 0 ? wanted : rooms) {
	const { status } = spawnSync(
		'npx',
		[
			...['stryker', 'run', '--mutate', `core/${room}/**/*.ts`],
			...['--incrementalFile', `.cache/mutation/${room}.json`],
		],
		{ cwd: root, stdio: 'inherit', env: { ...process.env, MUTATION_ROOM: room } },
	);
	if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
