import { sleep } from 'n8n-workflow';
import type { Network } from '../../core/request/network';
import type { FormContext } from './formContext';

/** A node's way to token endpoints and keys: n8n's helper, with its proxy and SSRF rules. */
export function networkOf(context: FormContext): Network {
	return {
		httpRequest: async (options) => await context.helpers.httpRequest(options),
		sleep,
		cancelled: context.getExecutionCancelSignal?.(),
	};
}
