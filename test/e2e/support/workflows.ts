import type { CredentialRef } from '../../../playground/client';

type Parameters = Record<string, unknown>;

/** One node of a workflow under test, chained to the one before it. */
export interface Step {
	name: string;
	type: string;
	typeVersion?: number;
	parameters: Parameters;
	credential?: CredentialRef;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	alwaysOutputData?: boolean;
}

/** JWT Sign with a credential. */
export function jwtSign(credential: CredentialRef, parameters: Parameters = {}): Step {
	return {
		name: 'JWT Sign',
		type: 'n8n-nodes-jwt-auth.jwtSign',
		parameters: { operation: 'sign', ...parameters },
		credential,
	};
}

/** JWT Sign's Get Access Token with a credential that exchanges. */
export function getAccessToken(credential: CredentialRef, parameters: Parameters = {}): Step {
	return { ...jwtSign(credential, { operation: 'getAccessToken', ...parameters }) };
}

/** JWT HTTP Request with a credential. */
export function jwtHttpRequest(
	credential: CredentialRef,
	url: string,
	parameters: Parameters = {},
): Step {
	return {
		name: 'JWT HTTP Request',
		type: 'n8n-nodes-jwt-auth.jwtHttpRequest',
		parameters: { credentialType: credential.type, url, ...parameters },
		credential,
	};
}

/** JWT Verify of the token in each item's field `jwt`. */
export function jwtVerify(parameters: Parameters, settings: Partial<Step> = {}): Step {
	return {
		name: 'JWT Verify',
		type: 'n8n-nodes-jwt-auth.jwtVerify',
		parameters: { operation: 'verify', jwt: '={{ $json.jwt }}', ...parameters },
		...settings,
	};
}

/** n8n's own HTTP Request node with a credential of ours. */
export function stockHttpRequest(
	credential: CredentialRef,
	url: string,
	parameters: Parameters = {},
): Step {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credential.type,
			url,
			...parameters,
		},
		credential,
	};
}

let count = 0;

/**
 * A workflow that starts by hand, makes the given items, and hands them down the chain of steps.
 *
 * @param items JSON of each item
 */
export function workflow(items: Parameters[], ...steps: Step[]) {
	const source: Step[] = [
		{ name: 'Manual Trigger', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{
			name: 'Items',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));` },
		},
	];
	const all = [...source, ...steps];
	const connections = Object.fromEntries(
		all
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: all[index + 1]?.name ?? '', type: 'main', index: 0 }]] },
			]),
	);
	return { ...named(all), connections };
}

/**
 * A workflow that hands the same items to several steps, one after the other.
 *
 * @param items whole items, files included
 */
export function sideBySide(items: Parameters[], ...steps: Step[]) {
	const source: Step[] = [
		{ name: 'Manual Trigger', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{
			name: 'Items',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return ${JSON.stringify(items)};` },
		},
	];
	const connections = {
		'Manual Trigger': { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
		Items: { main: [steps.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] },
	};
	return { ...named([...source, ...steps]), connections };
}

/** Nodes as n8n stores them, and a name for the workflow. */
function named(all: Step[]) {
	const nodes = all.map(({ credential, typeVersion = 1, ...node }, index) => ({
		...node,
		id: String(index),
		typeVersion,
		position: [index * 200, 0],
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	}));
	return { name: `Test ${++count} ${Date.now()}`, nodes };
}
