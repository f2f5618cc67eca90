// @ts-check
'use strict';

/** @param {number[]} values */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/**
 * Runs contestants in turn, in the other direction every second round, so that none of them always
 * gets the quieter moment.
 *
 * @template T
 * @param {Record<string, T>} contestants
 * @param {number} rounds
 * @param {(contestant: T, name: string, round: number) => Promise<number>} run gives one measurement
 * @returns {Promise<Record<string, number>>} the median of each one's measurements
 */
async function inTurn(contestants, rounds, run) {
	/** @type {Record<string, number[]>} */
	const measured = {};
	for (let round = 0; round < rounds; round += 1) {
		const names = Object.keys(contestants);
		if (round % 2 === 1) names.reverse();
		for (const name of names) {
			(measured[name] ??= []).push(await run(/** @type {T} */ (contestants[name]), name, round));
		}
	}
	return Object.fromEntries(
		Object.keys(contestants).map((name) => [name, median(measured[name] ?? [])]),
	);
}

/**
 * How often per second something can be done.
 *
 * @param {() => unknown} task
 * @param {number} inFlight how many at once
 * @param {number} milliseconds how long to go on
 */
async function rate(task, inFlight, milliseconds) {
	const begun = process.hrtime.bigint();
	const end = begun + BigInt(milliseconds) * 1_000_000n;
	let done = 0;
	const lane = async () => {
		while (process.hrtime.bigint() < end) {
			await task();
			done += 1;
		}
	};
	await Promise.all(Array.from({ length: inFlight }, lane));
	return (done / Number(process.hrtime.bigint() - begun)) * 1e9;
}

module.exports = { inTurn, median, rate };
