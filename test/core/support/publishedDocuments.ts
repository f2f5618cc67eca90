import type { FetchDocument } from '../../../core/verify/fetchDocument';

/** A published document that is a redirect. */
export class Redirect {
	constructor(readonly to: string) {}
}

/**
 * Stands in for the network: documents by address, everything else is not found.
 *
 * @param published what is published at the moment: a document, its text, a status, a redirect or an
 *   error
 * @param onAsk gets every address that is asked for
 */
export function fetchFrom(
	published: () => Record<string, unknown>,
	onAsk: (url: string) => void,
): FetchDocument {
	return async (url, limit) => {
		onAsk(url);
		const document = await Promise.resolve(published()[url]);
		if (document instanceof Error) throw document;
		if (document === undefined) return { status: 404, body: 'not found' };
		if (typeof document === 'number') return { status: document, body: '' };
		if (document instanceof Redirect) return { status: 301, body: '', location: document.to };
		const body = typeof document === 'string' ? document : JSON.stringify(document);
		return { status: 200, body: body.length > limit ? undefined : body };
	};
}
