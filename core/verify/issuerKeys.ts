import { type AcceptedIssuers, isAcceptedIssuer } from './acceptedIssuers';
import { namesOfIssuer } from './discovery';
import { JwtAuthError } from '../errors';
import type { KeySelector, KeySource } from './keySource';

/** The keys of one issuer. */
export interface IssuerKeys {
	/** As it stands in the `iss` of its tokens. */
	issuer: string;
	source: KeySource;
}

function unacceptedIssuerError(): JwtAuthError {
	return new JwtAuthError('ISSUER_MISMATCH', 'The token comes from none of the accepted issuers.', {
		hint: 'Check Issuer, Further Issuers and Allowed Tenants: the "iss" and "tid" of the token have to be there letter by letter. Decode shows them.',
	});
}

/**
 * Keys of several issuers. The `iss` of a token selects one of those a person entered, and its keys
 * alone are tried: one issuer cannot speak for another. Addresses are made from what was entered.
 *
 * @param find finds the keys of an issuer, `{tid}` in it already replaced by a tenant on the list
 */
export function keysOfIssuers(
	{ issuers, tenants }: AcceptedIssuers,
	find: (issuer: string) => Promise<IssuerKeys>,
): KeySelector {
	const names = issuers.flatMap((entered) =>
		namesOfIssuer(entered).map((name) => ({ name, entered })),
	);
	return {
		select: async ({ payload }) => {
			const claims = payload();
			if (claims instanceof JwtAuthError) return claims;
			const found = names.find(({ name }) => isAcceptedIssuer(claims, name, tenants));
			if (!found) return unacceptedIssuerError();
			const isPattern = found.name !== claims.iss;
			const { issuer, source } = await find(isPattern ? String(claims.iss) : found.entered);
			return issuer === claims.iss ? source : unacceptedIssuerError();
		},
	};
}
