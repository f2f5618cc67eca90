import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { coinbaseCdp } from '../core/services/coinbaseCdp';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Coinbase CDP; see core/services/coinbaseCdp.ts. */
export class CoinbaseCdpJwtApi extends serviceCredential(coinbaseCdp) implements ICredentialType {
	name = 'coinbaseCdpJwtApi';

	displayName = 'Coinbase CDP JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/coinbase-cdp.md';

	icon: Icon = serviceIcon(coinbaseCdp);

	test: ICredentialTestRequest = serviceTest(coinbaseCdp);
}
