// @ts-check
'use strict';

// JWT Sign beside n8n's own JWT node, in the same n8n, with the same payload expression.

const crypto = require('node:crypto');
const { inTurn, median } = require('./support/measure');

const SMALL = 5_000;
const LARGE = 50_000;
/** @type {Array<[number, number]>} */
const SIZES = [
	[SMALL, 5],
	[LARGE, 3],
];
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
 * @param {Instance} instance
 * @param {string[]} [algorithms]
 * @param {Array<[number, number]>} [sizes] numbers of items, and rounds for each
 */
async function benchNodes(instance, algorithms = ['HS256', 'RS256', 'ES256'], sizes = SIZES) {
	const { client } = instance;
	const results = [];
	for (const algorithm of algorithms) {
		const { own, stock } = /** @type {{ own: object, stock: object }} */ (materials()[algorithm]);
		const create = async (/** @type {string} */ type, /** @type {object} */ data) => {
			const { id, name } = await client.createCredential({
				name: `Bench ${algorithm} ${type}`,
				type,
				data: { ...data },
			});
			return { [type]: { id, name } };
		};
		const steps = {
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
		};
		/** @type {Record<number, Record<string, { milliseconds: number, megabytes: number }>>} */
		const bySize = {};
		for (const [size, rounds] of sizes) {
			const prepared = {
				own: await instance.prepare(steps.own, size),
				stock: await instance.prepare(steps.stock, size),
			};
			if (size === SMALL) for (const id of Object.values(prepared)) await instance.run(id);
			/** @type {Record<string, number[]>} */
			const peaks = { own: [], stock: [] };
			const times = await inTurn(prepared, rounds, async (id, name) => {
				const { milliseconds, peakMegabytes } = await instance.run(id);
				peaks[name]?.push(peakMegabytes);
				return milliseconds;
			});
			bySize[size] = Object.fromEntries(
				Object.entries(times).map(([name, milliseconds]) => [
					name,
					{ milliseconds, megabytes: median(peaks[name] ?? []) },
				]),
			);
		}
		results.push({ algorithm, bySize });
	}
	return results;
}

module.exports = { benchNodes, LARGE, SMALL };
