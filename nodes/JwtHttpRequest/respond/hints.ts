import { getGlobalState, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { daysUntilExpiry, EXPIRY_NOTICE_DAYS } from '../../../core/authenticate/credentialExpiry';
import { readExchangeInTurn } from '../../../core/settings/readExchange';
import { plainExchangeHint } from '../../common/plainExchange';
import type { ItemCredential } from '../read/credential';

/** Collects what a person should know about a run, each thing once. */
export class RunHints {
	private readonly messages = new Set<string>();

	/** Looks at the credential and the address of one request. */
	note({ type, name, data, sending }: ItemCredential, url: string): void {
		const { placement, domains, credentialExpiresAt } = sending;
		if (placement.target === 'query' && url.startsWith('http:')) {
			this.messages.add(
				'The token was sent in the query of an http URL, readable on the way and kept in server logs. Use https, or a header.',
			);
		}
		if (domains.mode === 'all') {
			this.messages.add(
				`The credential "${name}" may send its token to any host. List the hosts of the API under Specific Domains in the credential.`,
			);
		}
		const now = new Date();
		const { defaultTimezone } = getGlobalState();
		const plain =
			type === 'jwtExchangeApi'
				? plainExchangeHint(readExchangeInTurn(data, now, defaultTimezone))
				: undefined;
		if (plain !== undefined) this.messages.add(plain);
		const days = daysUntilExpiry(credentialExpiresAt, now, defaultTimezone);
		if (days !== undefined && days < EXPIRY_NOTICE_DAYS) {
			const left = days === 0 ? 'within a day' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
			this.messages.add(`The credential "${name}" expires ${left} (Credential Expires At).`);
		}
	}

	/** Notes that a redirect took the request where the token must not go. @param origin of the target */
	noteLostToken(origin: string): void {
		this.messages.add(
			`The API redirected to ${origin}, another origin, which got no token. Enter that address in URL, or list its host under Specific Domains in the credential.`,
		);
	}

	/** Shows what was collected beside the output. */
	show(context: IExecuteFunctions, items: readonly INodeExecutionData[]): void {
		const [only, ...others] = items;
		if (others.length === 0 && Array.isArray(only?.json.data) && !context.isToolExecution?.()) {
			this.messages.add(
				'To split the contents of ‘data’ into separate items for easier processing, add a ‘Split Out’ node after this one',
			);
		}
		for (const message of this.messages) {
			context.addExecutionHints?.({ message, location: 'outputPane' });
		}
	}
}
