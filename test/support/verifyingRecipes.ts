import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(__dirname, '../../docs/verifying');

/** Names of all recipes for verifying, e.g. `auth0`. */
export const VERIFYING_RECIPES = readdirSync(folder)
	.map((file) => path.basename(file, '.md'))
	.filter((name) => name !== 'README');

/** A recipe for verifying: its page, and the parameters of the node that it gives to paste. */
export function readVerifyingRecipe(name: string) {
	const page = readFileSync(path.join(folder, `${name}.md`), 'utf8');
	const json = /```json\n([^]*?)\n```/.exec(page)?.[1] ?? '';
	const { nodes } = JSON.parse(json) as {
		nodes: Array<{ type: string; name: string; parameters: Record<string, unknown> }>;
	};
	const [node] = nodes;
	if (!node) throw new Error(`${name} has no node to paste.`);
	return { page, node };
}
