import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** What a server of this suite is made of: a file or a Python module, and the Debian package it is in. */
export interface Part {
	package: string;
	/** Where the distribution puts it; undefined where it is not installed. */
	path: string | undefined;
}

/** A program, on the PATH or where Debian puts daemons, which is not on everybody's PATH. */
export function program(name: string, packageName = name): Part {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin'];
	const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
	return { package: packageName, path: found };
}

/** A file at a fixed place. */
export function file(place: string, packageName: string): Part {
	return { package: packageName, path: existsSync(place) ? place : undefined };
}

/** The distribution's Python: another one on the PATH does not see the modules of Debian's packages. */
export const PYTHON = '/usr/bin/python3';

/** A module of the distribution's Python. */
export function pythonModule(name: string, packageName: string): Part {
	const { status } = spawnSync(PYTHON, ['-c', `import ${name}`]);
	return { package: packageName, path: status === 0 ? PYTHON : undefined };
}

/** The place of a part that is known to be there. */
export function placeOf(part: Part): string {
	if (!part.path) throw new Error(`${part.package} is not installed`);
	return part.path;
}

/**
 * `describe` for what needs software of the distribution. On a person's machine without it the tests
 * are left out, and it is said which package is missing; in CI they fail.
 */
export function describeWith(name: string, parts: Part[], tests: () => void): void {
	const missing = parts.filter(({ path: place }) => !place).map((part) => part.package);
	if (missing.length === 0) {
		describe(name, tests);
		return;
	}
	const remedy = `apt-get install --no-install-recommends ${missing.join(' ')}`;
	if (process.env.CI) throw new Error(`${name} has to be tested in CI: ${remedy}`);
	console.warn(`${name} is left out: this machine lacks ${missing.join(' and ')} (${remedy}).`);
	describe.skip(name, tests);
}
