import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CredentialRef, Workflow } from '../../../playground/client';

/**
 * An example workflow as a person imports it: credentials chosen by type, and texts replaced.
 *
 * @param replace texts of the file and what stands in this n8n in their place
 */
export function exampleWorkflow(
	file: string,
	credentials: readonly CredentialRef[],
	replace: Readonly<Record<string, string>> = {},
): Workflow {
	let text = readFileSync(path.join(__dirname, '../../../examples', file), 'utf8');
	for (const [from, to] of Object.entries(replace)) text = text.replaceAll(from, to);
	const workflow = JSON.parse(text) as Workflow;
	for (const node of workflow.nodes) {
		for (const { id, name, type } of credentials) {
			if (node.credentials?.[type]) node.credentials[type] = { id, name };
		}
	}
	return workflow;
}
