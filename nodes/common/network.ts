import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Network } from '../../core/exchange/exchange';

/** A node's way to the token endpoint, by n8n's helper, with its proxy and SSRF rules. */
export function networkOf(context: IExecuteFunctions): Network {
	return {
		httpRequest: async (options) => await context.helpers.httpRequest(options),
		sleep,
	};
}
