/** Credential types that sign, so that claims of the item can be worked in. */
export const SIGNING_TYPES: readonly string[] = ['jwtSignApi'];

/**
 * Credential types whose token may be refused before its time and replaced by a fresh one. A 401 of
 * the others is final: their token was signed for this request, or is the only one there is.
 */
export const RENEWABLE_TYPES: readonly string[] = [];
