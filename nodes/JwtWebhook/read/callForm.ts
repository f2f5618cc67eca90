import type { IWebhookFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import type { Form } from '../../../core/settings/fieldValue';
import { proofRow } from '../../../core/settings/readPossession';
import { notAnIpRange } from '../../../core/shared/ipRanges';
import { formOfWebhook } from '../../common/formContext';
import { fieldsOf } from '../../common/nodeForm';
import { TOKEN_PLACES, type TokenLocation } from './requestToken';

/** What the form says beside how tokens are verified. */
export interface CallForm {
	/** HTTP methods, in the order of the outputs. */
	methods: string[];
	tokenIn: TokenLocation;
	/** Addresses and ranges that calls may come from; none for any. */
	allowedIps: string[];
	/** Origins whose pages may call; none for any. */
	allowedOrigins: string[];
	/** Whether the token stays in the item. */
	keepsToken: boolean;
	/** Whether the item gets the body as it came. */
	hasRawBody: boolean;
	/** Name for files; undefined where it was not chosen. */
	binaryField?: string;
	streams: boolean;
	/** How many refused calls a minute run the workflow. */
	refusedPerMinute: number;
	/** Whether clients are told where to get a token, RFC 9728. */
	publishesMetadata: boolean;
	/** Milliseconds a call is held at most. */
	timeout: number;
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] as const;

/** Fields with the name that a place needs. */
const NAME_FIELDS = {
	header: ['headerName', 'Header Name'],
	cookie: ['cookieName', 'Cookie Name'],
	query: ['queryParameter', 'Query Parameter'],
	bodyField: ['bodyField', 'Body Field'],
} as const;

/**
 * Reads where calls have their token.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readTokenLocation(form: Form): TokenLocation {
	const place = form.field('jwtLocation', 'Token In').choice(TOKEN_PLACES, 'authorization');
	const scheme = proofRow(form.field('checks', 'Checks').members()) ? 'DPoP' : 'Bearer';
	if (place === 'authorization' || place === 'body') return { place, name: '', scheme };
	const [name, label] = NAME_FIELDS[place];
	return { place, name: form.field(name, label).name(), scheme };
}

function readAllowedIps(options: Form): string[] {
	const field = options.field('ipAllowlist', 'IP(s) Allowlist');
	if (!field.isThere) return [];
	const ranges = field.list();
	if (ranges.length === 0) {
		throw new JwtAuthError('CHECK_EMPTY', 'IP(s) Allowlist is empty.');
	}
	const wrong = notAnIpRange(ranges);
	if (wrong === undefined) return ranges;
	throw new JwtAuthError(
		'FIELD_INVALID',
		`IP(s) Allowlist has an entry that is no address: ${wrong.slice(0, 50)}.`,
		{ hint: 'Write addresses and ranges with commas between: 203.0.113.7, 192.168.1.0/24' },
	);
}

function readAllowedOrigins(options: Form): string[] {
	const field = options.field('allowedOrigins', 'Allowed Origins (CORS)');
	if (!field.isThere) return [];
	const origins = field.list();
	if (origins.length === 0) {
		throw new JwtAuthError('CHECK_EMPTY', 'Allowed Origins (CORS) is empty.', {
			hint: 'Enter the origins whose pages may call, or * for any.',
		});
	}
	return origins.includes('*') ? [] : origins;
}

function readMethods(form: Form): string[] {
	const field = form.field('httpMethod', 'HTTP Method');
	const methods = field.isThere ? field.list() : ['GET'];
	const areKnown = methods.every((method) => METHODS.some((known) => known === method));
	return methods.length > 0 && areKnown ? methods : field.refuse('one or more HTTP methods');
}

/**
 * Reads the form of a webhook, for one call.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `CHECK_EMPTY`, `DURATION_INVALID`
 */
export function readCallForm(context: IWebhookFunctions): CallForm {
	const form = fieldsOf(formOfWebhook(context), 0);
	const options = form.field('options', 'Options').section();
	const refused = options.field('refusedPerMinute', 'Run for Refused Calls (per Minute)');
	const binaryField = options.field('binaryPropertyName', 'Field Name for Binary Data');
	const modes = ['onReceived', 'lastNode', 'streaming'] as const;
	const streams = form.field('responseMode', 'Respond').choice(modes, 'onReceived') === 'streaming';
	return {
		methods: readMethods(form),
		tokenIn: readTokenLocation(form),
		allowedIps: readAllowedIps(options),
		allowedOrigins: readAllowedOrigins(options),
		keepsToken: options.field('keepToken', 'Keep Token in Item').boolean(false),
		hasRawBody: options.field('rawBody', 'Raw Body').boolean(false),
		binaryField: binaryField.isThere ? binaryField.name() : undefined,
		streams,
		// What runs in answer to a refused call has nobody to stream to.
		refusedPerMinute: streams ? 0 : refused.wholeNumber({ fallback: 0, least: 0, most: 1000 }),
		publishesMetadata: options.field('publishMetadata', 'Publish Resource Metadata').boolean(false),
		timeout: options
			.field('timeout', 'Timeout (Seconds)')
			.milliseconds({ fallback: 10, least: 1 }, 1000),
	};
}
