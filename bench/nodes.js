// @ts-check
'use strict';

// JWT Sign beside n8n's own JWT node, in the same n8n, with the same payload expression.

const crypto = require('node:crypto');
const { inTurn } = require('./support/measure');

const SMALL = { items: 1_000, rounds: 5 };
const LARGE = { items: 50_000, rounds: 3 };
const ALGORITHMS = ['HS256', 'RS256', 'ES256'];
const CLAIMS = '={{ JSON.stringify({ sub: $json.user, aud: "demo-api", iss: "bench" }) }}';

/** @typedef {import('./support/instance').Instance} Instance */

/** @returns {Record<string, { own: object, stock: object }>} what each credential type wants */
function materials() {
	const pair = (/** @type {any} */ type, /** @type {any} */ parameters) => {
		/** @type {crypto.KeyPairKeyObjectResult} */
		const { privateKey, publicKey } = /** @type {any} */ (crypto.generateKeyPairSync)(
			type,
			parameters,
		);
		return {
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
		};
	};
	const secret = crypto.randomBytes(32).toString('hex');
	const withPair = (
		/** @type {string} */ algorithm,
		/** @type {ReturnType<typeof pair>} */ keys,
	) => ({
		own: { algorithm, privateKey: keys.privateKey },
		stock: { algorithm, keyType: 'pemKey', ...keys },
	});
	return {
		HS256: {
			own: { algorithm: 'HS256', secret },
			stock: { algorithm: 'HS256', keyType: 'passphrase', secret },
		},
		RS256: withPair('RS256', pair('rsa', { modulusLength: 2048 })),
		ES256: withPair('ES256', pair('ec', { namedCurve: 'P-256' })),
	};
}

/**
 * @typedef {'own' | 'stock' | 'neither'} Contestant `neither`: the same workflow with a node that does
 *   nothing, whose processor time is that of n8n itself
 * @typedef {{ milliseconds: number[], processorTime: number[], megabytes: number[] }} Runs one entry
 *   for each round; milliseconds as n8n measures them for the node, processor time of the whole n8n
 */

/**
 * Says on standard error how far it is, since it takes minutes.
 *
 * @param {Instance} instance
 * @param {{ items: number, rounds: number }} size
 * @param {string[]} [algorithms]
 * @returns {Promise<Array<Record<Contestant, Runs> & { algorithm: string }>>}
 */
async function benchNodes(instance, { items, rounds }, algorithms = ALGORITHMS) {
	const results = [];
	for (const algorithm of algorithms) {
		const steps = await stepsFor(instance, algorithm);
		const prepared = {
			own: await instance.prepare(steps.own, items),
			stock: await instance.prepare(steps.stock, items),
			neither: await instance.prepare(steps.neither, items),
		};
		/** @type {() => Runs} */
		const noRuns = () => ({ milliseconds: [], processorTime: [], megabytes: [] });
		/** @type {Record<Contestant, Runs>} */
		const runs = { own: noRuns(), stock: noRuns(), neither: noRuns() };
		for (const id of Object.values(prepared)) await instance.run(id);
		console.error(`nodes: ${algorithm}, ${items} items, all have run once`);
		await inTurn(prepared, rounds, async (id, name, round) => {
			const before = instance.processorTime();
			const { milliseconds, peakMegabytes } = await instance.run(id);
			const processorTime = instance.processorTime() - before;
			const done = runs[/** @type {Contestant} */ (name)];
			done.milliseconds.push(milliseconds);
			done.processorTime.push(processorTime);
			done.megabytes.push(peakMegabytes);
			const times = `${milliseconds} ms, ${processorTime} ms of processor time`;
			console.error(`nodes: ${algorithm}, round ${round + 1} of ${rounds}, ${name}: ${times}`);
			return milliseconds;
		});
		results.push({ algorithm, ...runs });
	}
	return results;
}

/** @param {Instance} instance @param {string} algorithm */
async function stepsFor({ client }, algorithm) {
	const { own, stock } = /** @type {{ own: object, stock: object }} */ (materials()[algorithm]);
	const create = async (/** @type {string} */ type, /** @type {object} */ data) => {
		const { id, name } = await client.createCredential({
			name: `Bench ${algorithm} ${type}`,
			type,
			data: { ...data },
		});
		return { [type]: { id, name } };
	};
	return {
		own: {
			type: 'n8n-nodes-jwt-auth.jwtSign',
			parameters: {
				operation: 'sign',
				specifyClaims: 'json',
				claimsJson: CLAIMS,
				options: { includeInputFields: false },
			},
			credentials: await create('jwtSignApi', { ...own, payload: '{}' }),
		},
		stock: {
			type: 'n8n-nodes-base.jwt',
			parameters: { operation: 'sign', useJson: true, claimsJson: CLAIMS },
			credentials: await create('jwtAuth', stock),
		},
		neither: { type: 'n8n-nodes-base.noOp', parameters: {}, credentials: {} },
	};
}

module.exports = { benchNodes, LARGE, SMALL };
