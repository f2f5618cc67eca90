import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { coinbase } from '../core/services/coinbase';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Coinbase; see core/services/coinbase.ts. */
export class CoinbaseJwtApi extends serviceCredential(coinbase) implements ICredentialType {
	name = 'coinbaseJwtApi';

	displayName = 'Coinbase JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/coinbase.md';

	icon: Icon = serviceIcon(coinbase);

	test: ICredentialTestRequest = serviceTest(coinbase);
}
