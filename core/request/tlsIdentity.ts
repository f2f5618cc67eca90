import { isLegacy, type OutgoingRequest } from './outgoingRequest';

/** A request whose connections n8n makes with options of ours. */
export interface ConnectingRequest extends OutgoingRequest {
	/** Those of `https.Agent`. */
	agentOptions?: object;
}

/**
 * The request as n8n sends it without following redirects. n8n makes the connection to wherever a
 * redirect leads with the same certificate, and hands headers of ours on.
 *
 * @returns a copy; a redirect is then an error of the request, or its answer
 */
export function withoutRedirects<T extends OutgoingRequest>(request: T): T {
	if (!isLegacy(request)) return { ...request, disableFollowRedirect: true };
	return { ...request, followRedirect: false, followAllRedirects: false };
}

/**
 * Has n8n connect with a client certificate, RFC 8705. A proxy does not see it: it is used inside the
 * tunnel. It wins over one that was chosen in the node.
 *
 * @param request left as it is
 * @param identity PEM texts; undefined for none
 * @returns a copy whose redirects are not followed; the request itself where there is no certificate
 */
export function withTlsIdentity<T extends ConnectingRequest>(
	request: T,
	identity: { cert: string; key: string } | undefined,
): T {
	if (!identity) return request;
	const agentOptions = { ...request.agentOptions, ...identity };
	return withoutRedirects({ ...request, agentOptions });
}
