import type { IExecuteFunctions } from 'n8n-workflow';
import type { ExchangeSettings } from '../../core/exchange/exchangeSettings';
import { plainTokenHost } from '../../core/exchange/tokenRequest';

/**
 * What a person should know of an exchange that goes over the network without encryption; undefined for
 * one that nobody else can read.
 */
export function plainExchangeHint(settings: ExchangeSettings): string | undefined {
	const host = plainTokenHost(settings);
	if (host === undefined) return undefined;
	return `The token endpoint ${host} is asked without encryption: whoever is in this network can read the JWT and the access token.`;
}

const warned = new WeakSet<IExecuteFunctions>();

/** Says {@link plainExchangeHint} beside the output, once in an execution. */
export function warnOfPlainExchange(context: IExecuteFunctions, settings: ExchangeSettings): void {
	const message = plainExchangeHint(settings);
	if (message === undefined || warned.has(context)) return;
	warned.add(context);
	context.addExecutionHints?.({ message, location: 'outputPane' });
}
