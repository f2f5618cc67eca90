import { isDeepStrictEqual } from 'node:util';
import {
	type IHttpRequestOptions,
	NodeOperationError,
	type IBinaryData,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { CredentialData } from '../../../core/settings/credentialFields';

/** What n8n gives a node: one run, without n8n. */
export interface StandIn {
	/** Parameters of each item, as expressions give them. */
	parameters?: ReadonlyArray<Record<string, unknown>>;
	/** Parameters as they were typed, where an expression gave something else. */
	typed?: Record<string, unknown>;
	/** Default: an empty item for each item with parameters. */
	input?: INodeExecutionData[];
	/** Fields by type of credential. */
	credentials?: Record<string, CredentialData>;
	node?: Partial<INode>;
	/** Whether the person chose to continue when an item fails. */
	continues?: boolean;
	isTool?: boolean;
	/** Bytes of the files that items have. */
	files?: Record<string, { file: Partial<IBinaryData>; bytes: Buffer }>;
	/** Answers requests without a credential. */
	httpRequest?: (options: IHttpRequestOptions) => unknown;
}

/** As n8n reads a parameter: what is there but gave undefined is not the fallback. */
function parameterAt(parameters: unknown, path: string, fallback: unknown): unknown {
	let inner = parameters;
	for (const member of path.split('.')) {
		const holder = Object(inner) as Record<string, unknown>;
		if (!Object.hasOwn(holder, member)) return fallback;
		inner = holder[member];
	}
	return inner;
}

/** Whether a value can stand in a workflow, which is JSON. */
function isJson(value: unknown): boolean {
	try {
		// Cloned, for what comes from another realm has other prototypes.
		return isDeepStrictEqual(
			structuredClone(JSON.parse(JSON.stringify(value))),
			structuredClone(value),
		);
	} catch {
		return false;
	}
}

/** What stands in a form that gives these values for its items: an expression unless all are the same. */
export function writtenAs(values: readonly unknown[]): unknown {
	const [first] = values;
	const isSame = values.every((value) => isDeepStrictEqual(value, first));
	return isSame && (typeof first === 'symbol' || isJson(first)) ? first : '={{ $json.value }}';
}

/**
 * Reads parameters as n8n does.
 *
 * @param parameters of each item, as expressions give them
 * @param typed as they were typed, where that cannot be told from what they give
 */
export function parameterReader(
	parameters: ReadonlyArray<Record<string, unknown>>,
	typed: Record<string, unknown> = {},
) {
	return (
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { rawExpressions?: boolean },
	): unknown => {
		if (!options?.rawExpressions) return parameterAt(parameters[itemIndex], name, fallback);
		const values = parameters.map((each) => parameterAt(each, name, fallback));
		return parameterAt(typed, name, writtenAs(values));
	};
}

/** A stand-in for n8n, with what it was asked for and told. */
export function standIn({
	parameters = [{}],
	typed = {},
	input = parameters.map(() => ({ json: {} })),
	credentials = {},
	node = {},
	continues = false,
	isTool = false,
	files = {},
	httpRequest = () => {
		throw new Error('No request was expected.');
	},
}: StandIn) {
	const hints: string[] = [];
	const asked: string[] = [];
	const own = { name: 'Node', type: 'node', typeVersion: 1, parameters: {}, ...node } as INode;
	const fileOf = (name: string) => {
		const file = files[name];
		if (!file) throw new NodeOperationError(own, `The item has no binary field '${name}'`);
		return file;
	};
	const context = {
		getInputData: () => input,
		getNode: () => own,
		getTimezone: () => 'UTC',
		continueOnFail: () => continues,
		isToolExecution: () => isTool,
		getNodeParameter: parameterReader(parameters, typed),
		getCredentials: async (type: string) => {
			asked.push(type);
			const data = credentials[type];
			if (!data) throw new NodeOperationError(own, `Node has no ${type}`);
			return await Promise.resolve({ ...data });
		},
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		helpers: {
			httpRequest: async (options: { url: string }) => await Promise.resolve(httpRequest(options)),
			assertBinaryData: (_itemIndex: number, name: string) => fileOf(name).file,
			getBinaryDataBuffer: async (_itemIndex: number, name: string) =>
				await Promise.resolve(fileOf(name).bytes),
			detectBinaryEncoding: () => 'utf-8',
		},
	};
	return { context: context as unknown as IExecuteFunctions, hints, asked };
}
