import type { SendingSettings } from '../request/sendingSettings';
import type { ClientCertificateSettings } from '../keys/clientCertificate';
import type { SigningKeySettings } from '../keys/types';
import type { ClaimsSettings } from './claims';
import type { RequestBinding } from './requestBinding';

/** Settings of a `jwtSignApi` credential. */
export interface SigningSettings extends SendingSettings {
	key: SigningKeySettings;
	claims: ClaimsSettings;
	/** JWS `kid`; empty takes the one that came with the key, if any. */
	keyId: string;
	/** Whether a key without any Key ID gets its thumbprint as one, RFC 7638. */
	keyIdFromKey: boolean;
	/** JSON text or object of further JOSE header parameters. */
	headerParameters: unknown;
	/** Certificate of the key, to be named in the header; undefined for none. */
	certificate: { pem: string; kind: 'x5t' | 'x5c' } | undefined;
	/** Certificate for connections (mTLS), RFC 8705; undefined for none. */
	clientCertificate: ClientCertificateSettings | undefined;
	/** What of the request goes into the token. */
	bindings: RequestBinding[];
	/** Whether a token with the same claims is used again until 80 % of its life has passed. */
	reuseToken: boolean;
	/** JSON text or object, not secret; handed out by JWT Sign on request. */
	metadata: unknown;
}
