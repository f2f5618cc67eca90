import type { IExecuteFunctions } from 'n8n-workflow';
import { completeUrl, isRelativeUrl } from '../../../core/exchangeRequest';
import { obtainToken } from '../../../core/exchangeSession';
import { readExchangeSettings } from '../../../core/exchangeSettings';
import type { RequestParts } from '../../../core/requestParts';
import { networkOf } from '../../common/network';
import type { ItemCredential } from './credential';

/**
 * Completes a relative URL with the base URL that the token endpoint named (Base URL Field).
 *
 * @returns the request itself when its URL is complete
 * @throws {@link JwtAuthError} `EXCHANGE_*`
 */
export async function withBaseUrl(
	context: IExecuteFunctions,
	parts: RequestParts,
	{ data }: ItemCredential,
): Promise<RequestParts> {
	if (!isRelativeUrl(parts.url)) return parts;
	const { baseUrl } = await obtainToken(readExchangeSettings(data), networkOf(context));
	return { ...parts, url: completeUrl(parts.url, baseUrl) };
}
