// @ts-check
'use strict';

// How fast tokens are verified, beside what people use today. Build first; `--core` leaves n8n out.

const { benchCore } = require('./coreVerify');

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');

async function main() {
	const { rows, fetches } = await benchCore();
	console.log(
		`Core with a fetched JWKS (fetched ${fetches} time) against jsonwebtoken with a PEM text, 16 in flight, Node.js ${process.version}`,
	);
	console.table(
		Object.fromEntries(
			rows.map(({ name, ours, theirs }) => [
				name,
				{
					'core, tokens/s': whole(ours),
					'jsonwebtoken, tokens/s': whole(theirs),
					ratio: (ours / theirs).toFixed(2),
				},
			]),
		),
	);
	if (process.argv.includes('--core')) return;
	const { benchNode } = require('./nodeVerify');
	const { ours, theirs, items } = await benchNode();
	console.log(`JWT Verify against n8n's JWT node, ${items} items, RS256 with a PEM`);
	console.table({
		'JWT Verify': { milliseconds: whole(ours), 'times as fast': (theirs / ours).toFixed(2) },
		JWT: { milliseconds: whole(theirs), 'times as fast': '1.00' },
	});
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
