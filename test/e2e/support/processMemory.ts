import { readFileSync, writeFileSync } from 'node:fs';

/** A line of /proc/<pid>/status in bytes. */
function statusBytes(pid: number, name: string): number {
	const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(
		readFileSync(`/proc/${pid}/status`, 'utf8'),
	);
	if (!line) throw new Error(`/proc/${pid}/status has no ${name}`);
	return Number(line[1]) * 1024;
}

/**
 * Measures how much memory another process takes above what it had when it was idle (Linux, proc(5)).
 *
 * @returns runs a task and says by how many bytes the process was larger meanwhile, at most, than at
 *   the smallest it was seen idle; the kernel keeps the highest value, so that nothing is sampled
 */
export function memoryOf(pid: number): (task: () => Promise<unknown>) => Promise<number> {
	let idle = Infinity;
	return async (task) => {
		idle = Math.min(idle, statusBytes(pid, 'VmRSS'));
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		await task();
		return statusBytes(pid, 'VmHWM') - idle;
	};
}
