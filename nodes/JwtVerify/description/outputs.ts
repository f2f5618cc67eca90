import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

/** Index of the output of tokens that may be trusted. */
export const VALID = 0;

/** Index of the output of all other tokens, and of items that failed. */
export const INVALID = 1;

const decodeOutputs = [NodeConnectionTypes.Main];
const verifyOutputs = ['Valid', 'Invalid'].map((displayName) => ({
	type: NodeConnectionTypes.Main,
	displayName,
}));

/** Valid and Invalid for Verify, a single output for Decode; n8n evaluates it. */
export const outputs: INodeTypeDescription['outputs'] = `={{ $parameter["operation"] === "decode" ? ${JSON.stringify(decodeOutputs)} : ${JSON.stringify(verifyOutputs)} }}`;
