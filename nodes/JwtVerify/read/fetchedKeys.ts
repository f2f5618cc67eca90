import { JwtAuthError } from '../../../core/errors';
import { fetchSmall } from '../../../core/request/network';
import type { Form } from '../../../core/settings/fieldValue';
import {
	readFurtherIssuers,
	readTenants,
	type VerificationFields,
} from '../../../core/settings/readChecks';
import { isPlainInOwnNetwork } from '../../../core/shared/url';
import { hasTenantPlaceholder } from '../../../core/verify/acceptedIssuers';
import {
	assertIssuerAddress,
	issuerDirectory,
	namesOfIssuer,
} from '../../../core/verify/discovery';
import type { FetchDocument } from '../../../core/verify/fetchDocument';
import { type IssuerKeys, keysOfIssuers } from '../../../core/verify/issuerKeys';
import { jwksCache, type CacheSettings } from '../../../core/verify/jwks';
import type { KeySelector, KeySource } from '../../../core/verify/keySource';
import { readLoadBalancer } from '../../../core/verify/loadBalancer';
import { loadBalancerKeyCache } from '../../../core/verify/loadBalancerKeys';
import type { FormContext } from '../../common/formContext';
import { networkOf } from '../../common/networkOf';

// One of each per process, so that all workflows together fetch a key set once.
const findJwks = jwksCache();
const findIssuer = issuerDirectory();
const findLoadBalancerKeys = loadBalancerKeyCache();

/** Where the keys of one item come from, and what follows from it for the checks. */
export interface ItemKeys {
	source: KeySource | KeySelector;
	/** `iss` that the tokens have to carry one of. */
	issuers?: readonly string[];
	/** Whether the keys sign tokens for many services. Default false. */
	signsForOthers?: boolean;
}

/** Fetches through n8n, so that its proxy and its rules against internal addresses hold. */
function documentFetcher(context: FormContext, options: Form): FetchDocument {
	const timeout = options.field('timeout', 'Timeout (Seconds)');
	const seconds = timeout.milliseconds({ fallback: 10, least: 1 }, 1000) / 1000;
	const network = networkOf(context);
	return async (url, limit) => {
		const request = { method: 'GET', url, headers: { accept: 'application/json' } } as const;
		const { status, headers, body } = await fetchSmall(network, request, { seconds, bytes: limit });
		const location = typeof headers.location === 'string' ? headers.location : undefined;
		return { status, body: body?.toString('utf8'), location };
	};
}

const warned = new WeakSet<FormContext>();

/** The execution says once that keys came without encryption. */
function warnOfPlainHttp(context: FormContext, address: string): void {
	const url = new URL(address.trim());
	if (!isPlainInOwnNetwork(url) || warned.has(context)) return;
	warned.add(context);
	const message = `The keys of ${url.host} were fetched without encryption: whoever is in this network could hand out others and have their own tokens accepted.`;
	context.addExecutionHints?.({ message, location: 'outputPane' });
}

function fetchedKeys(
	context: FormContext,
	address: string,
	fetch: FetchDocument,
	settings: CacheSettings,
): KeySource {
	const source = findJwks(address, fetch, settings);
	warnOfPlainHttp(context, address);
	return source;
}

/** What the options say about fetching keys. */
interface Fetching {
	fetch: FetchDocument;
	settings: CacheSettings & { allowsOwnNetwork: boolean };
}

function readFetching(context: FormContext, options: Form): Fetching {
	const lifetime = options.field('cacheLifetime', 'Key Cache (Seconds)');
	const coolDown = options.field('coolDown', 'Key Cool-Down (Seconds)');
	const plain = options.field('allowPlainHttp', 'Allow Plain HTTP in Own Network');
	return {
		fetch: documentFetcher(context, options),
		settings: {
			allowsOwnNetwork: plain.boolean(false),
			lifetime: lifetime.number({ fallback: 600, least: 0 }),
			coolDown: coolDown.number({ fallback: 30, least: 1 }),
		},
	};
}

/** The keys behind JWKS URL. */
export function readJwksKeys(context: FormContext, form: Form, options: Form): ItemKeys {
	const { fetch, settings } = readFetching(context, options);
	const url = form.field('jwksUrl', 'JWKS URL').textOrNothing();
	return { source: fetchedKeys(context, url, fetch, settings), signsForOthers: true };
}

/** Keys of one issuer, or of several where more were entered or one stands for several tenants. */
export async function readIssuerKeys(
	context: FormContext,
	form: Form,
	options: Form,
	checks: VerificationFields,
): Promise<ItemKeys> {
	const { fetch, settings } = readFetching(context, options);
	const find = async (entered: string): Promise<IssuerKeys> => {
		const { issuer, jwksUrl } = await findIssuer(entered, fetch, settings.allowsOwnNetwork);
		return { issuer, source: fetchedKeys(context, jwksUrl, fetch, settings) };
	};
	const entered = form.field('issuerUrl', 'Issuer').textOrNothing().trim();
	const issuers = [entered, ...readFurtherIssuers(checks)];
	const tenants = readTenants(checks);
	if (issuers.length === 1 && !hasTenantPlaceholder(entered)) {
		const { issuer, source } = await find(entered);
		return { source, issuers: [issuer], signsForOthers: true };
	}
	for (const issuer of issuers) assertIssuerAddress(issuer, settings.allowsOwnNetwork);
	const source = keysOfIssuers({ issuers, tenants }, find);
	return { source, issuers: issuers.flatMap(namesOfIssuer), signsForOthers: true };
}

/** The keys of load balancers of AWS. */
export function readLoadBalancerKeys(context: FormContext, form: Form, options: Form): ItemKeys {
	const { fetch, settings } = readFetching(context, options);
	const arns = form.field('loadBalancerArn', 'Load Balancer ARN').list();
	const address = options.field('keyAddress', 'Public Key Address').text('').trim();
	if (arns.length === 0) throw new JwtAuthError('CHECK_EMPTY', 'Load Balancer ARN is empty.');
	const balancers = arns.map((arn) => readLoadBalancer(arn, address, settings.allowsOwnNetwork));
	for (const { keyAddress } of balancers) warnOfPlainHttp(context, keyAddress);
	return { source: findLoadBalancerKeys(balancers, fetch, settings), signsForOthers: true };
}
