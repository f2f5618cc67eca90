/**
 * Joins a base and what follows it by exactly one slash.
 *
 * @param base such as `https://api.example.com/v1/`
 * @param path such as `/items?x=1`
 */
export function joinBySlash(base: string, path: string): string {
	let end = base.length;
	while (base[end - 1] === '/') end -= 1;
	let start = 0;
	while (path[start] === '/') start += 1;
	return `${base.slice(0, end)}/${path.slice(start)}`;
}
