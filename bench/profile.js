// @ts-check
'use strict';

// node bench/profile.js [algorithm …]: where the time of JWT Sign and of n8n's own JWT node goes.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { benchNodes, SMALL } = require('./nodes');
const { startInstance } = require('./support/instance');
const { toMarkdown } = require('./support/report');

const ROUNDS = 3;
const LOADING = 'loading';
const REST = 'everything else';

/**
 * What a frame belongs to, with all that it calls.
 *
 * @type {Array<[string, (frame: Frame) => boolean]>}
 */
const PARTS = [
	[LOADING, ({ functionName }) => functionName === 'wrapModuleLoad'],
	['n8n: getNodeParameter', ({ functionName }) => functionName === '_getNodeParameter'],
	['JWT Sign', ({ url }) => url.includes('n8n-nodes-jwt-auth/dist')],
	["n8n's JWT", ({ url }) => /nodes\/Jwt\/|node_modules\/(jsonwebtoken|jws|jwa)\//.test(url)],
];

/**
 * @typedef {{ functionName: string, url: string }} Frame
 * @typedef {{ id: number, callFrame: Frame, children?: number[] }} ProfileNode
 * @typedef {{ nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} Profile
 */

/** @param {Profile} profile @returns {Map<string, number>} milliseconds by part, and by caller's part */
function timeByPart({ nodes, samples, timeDeltas }) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	/** @type {Map<number, string>} */
	const partOf = new Map();
	/** @param {number} id @param {string} [inherited] */
	const visit = (id, inherited) => {
		const node = byId.get(id);
		if (!node) return;
		const own = PARTS.find(([, matches]) => matches(node.callFrame))?.[0];
		const isWithin = !own || own === inherited || inherited === LOADING || inherited?.includes('>');
		const part = isWithin
			? inherited
			: inherited && own !== LOADING
				? `${inherited} > ${own}`
				: own;
		partOf.set(id, part ?? REST);
		for (const child of node.children ?? []) visit(child, part);
	};
	const [root] = nodes;
	if (root) visit(root.id);
	/** @type {Map<string, number>} */
	const times = new Map();
	samples.forEach((id, index) => {
		const part = partOf.get(id) ?? REST;
		times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
	});
	return times;
}

async function main() {
	const algorithms = process.argv.length > 2 ? process.argv.slice(2) : ['HS256', 'RS256', 'ES256'];
	for (const algorithm of algorithms) {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jwt-auth-profile-'));
		const instance = await startInstance({
			NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}`,
		});
		await benchNodes(instance, { ...SMALL, rounds: ROUNDS }, [algorithm]).finally(instance.stop);
		// n8n writes one profile for each of its processes; the largest is the one that ran the nodes.
		const [profile = ''] = fs
			.readdirSync(folder)
			.map((file) => path.join(folder, file))
			.sort((one, other) => fs.statSync(other).size - fs.statSync(one).size);
		const times = timeByPart(JSON.parse(fs.readFileSync(profile, 'utf8')));
		fs.rmSync(folder, { recursive: true, force: true });
		const items = (ROUNDS + 1) * SMALL.items;
		console.log(
			toMarkdown({
				title: `${algorithm}: µs of processor time per item on n8n's main thread`,
				head: ['', 'µs per item'],
				rows: [...times]
					.filter(([part]) => part !== LOADING && part !== REST)
					.sort(([, a], [, b]) => b - a)
					.map(([part, time]) => [part, (time / items) * 1000]),
			}),
		);
	}
}

void main().catch((error) => {
	console.error(error);
	process.exit(1);
});
