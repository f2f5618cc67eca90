import type { RsaKeySize } from '../keys/generateKey';

/** One field of a service's form, with what a person reads about it. */
export interface ServiceField<Name extends string = string> {
	/** Internal name; it does not change once released. */
	name: Name;
	label: string;
	/**
	 * `key`: masked, several lines · `secret`: masked, one line · `choice`: one of `choices` · `switch`: on
	 * or off, as the text `true` or `false`.
	 */
	kind: 'choice' | 'key' | 'secret' | 'switch' | 'text';
	description: string;
	/** Of a choice it is one of the values. */
	default?: string;
	/** Without "e.g.". */
	placeholder?: string;
	/** Whether it may not be empty; of a field that is not shown it is never asked. */
	required?: boolean;
	/** Whether an expression that takes it from the item makes sense: a test goes without it then. */
	perItem?: boolean;
	choices?: ReadonlyArray<{ name: string; value: string }>;
	/** Shown only while that choice has one of these values. */
	showFor?: { field: string; values: readonly string[] };
}

/** Content of a generic credential, without what a service has by itself; see `genericData`. */
export interface GenericData {
	algorithm: string;
	privateKey?: string;
	secret?: string;
	keyEncoding?: 'base64' | 'base64url' | 'hex' | 'utf8';
	allowShortKey?: boolean;
	keyPassphrase?: string;
	payload: Record<string, unknown>;
	expiresIn: string;
	backdateIat?: number;
	addNbf?: boolean;
	nbfOffset?: number;
	addJti?: boolean;
	keyId?: string;
	headerParameters?: Record<string, unknown>;
	x509?: string;
	x509Header?: 'x5c' | 'x5t';
	requestBinding?: { bindings: Array<{ target?: string; name: string; value: string }> };
	headerName?: string;
	headerPrefix?: string;
	additionalHeaders?: Record<string, string>;
	/** The following make it a `jwtExchangeApi` credential. */
	grant?: 'clientCredentials' | 'custom' | 'jwtBearer';
	tokenUrl?: string;
	exchangeMethod?: 'GET' | 'POST';
	clientId?: string;
	clientSecret?: string;
	scope?: string;
	/** Texts may hold `{assertion}`, where the JWT goes. */
	bodyParameters?: Record<string, unknown>;
	/** What the grant is sent as by itself, when left out. */
	bodyFormat?: 'form' | 'json';
	responseField?: string;
	expiryField?: string;
	fallbackLifetime?: string;
	baseUrlField?: string;
	useDpop?: boolean;
}

/** The key pair that n8n makes for a service whose console takes a public key. */
export interface KeyPair {
	algorithm: string;
	/** Bits, where the service wants more than 2048 of an RSA key. */
	rsaKeySize?: RsaKeySize;
	/** Whether the thumbprint of the key is its `kid` while Key ID is empty. */
	keyIdFromKey?: boolean;
}

/** What Test Connection asks of the service; expressions of n8n see the form as `$credentials`. */
export interface ServiceTest {
	/** GET when left out; may be an expression. */
	method?: string;
	baseUrl: string;
	path: string;
	/** Sent as JSON. */
	body?: Record<string, unknown>;
	headers?: Record<string, string>;
	/** What to do about an answer with another status than 401 and 403. */
	answers?: Readonly<Record<number, string>>;
	/** A member of an answer with a good status that says that it is none. */
	failsOn?: { key: string; values: readonly unknown[] };
}

/** Words with which a token endpoint refuses, and what to do about them. */
export type Refusal = readonly [words: RegExp, advice: string];

/**
 * A service whose form asks only for what its console hands out. Everything else is data, and goes the
 * way of the generic credentials.
 */
export interface ServiceOf<Name extends string> {
	/** As n8n's node panel shows it. */
	name: string;
	/** Icon of simple-icons by its slug; without one a neutral one is shown. */
	icon?: string;
	/** Page in docs/recipes. */
	recipe: string;
	/** Whether a JWT is traded for an access token, at least for some of its forms. */
	exchanges: boolean;
	/**
	 * Address of a cheap GET that works with any credential: the HTTP Request node begins with it. Where
	 * the host is the customer's, how it looks.
	 */
	api: { url: string } | { example: string };
	/** Hosts where they are the same for everyone, as Allowed Domains writes them. */
	hosts?: string;
	/** What to look at, form field by form field, where the service refuses; the clock is added to it. */
	advice: string;
	/** What to do about a refusal of the token endpoint; the first that fits. */
	refusals?: readonly Refusal[];
	/** What to do where a request goes to another host, if that may be right. */
	elsewhere?: string;
	/** What to do where the service takes the token and still answers 403. */
	forbidden: string;
	test: ServiceTest;
	fields: ReadonlyArray<ServiceField<Name>>;
	/** Goes with the fields of `keyPairFields`. */
	keyPair?: KeyPair;
	/**
	 * @param values every field, without blanks around it; the empty text where one is not filled in
	 * @throws JwtAuthError for a value that cannot be right
	 */
	toGeneric(values: Readonly<Record<Name, string>>): GenericData;
	/** Hosts for these values, where they are not the same for everyone. */
	hostsFor?(values: Readonly<Record<Name, string>>): string;
}

export type Service = ServiceOf<string>;
