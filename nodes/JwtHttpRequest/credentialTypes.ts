/** Credential types that sign for the request, so that claims of the item can be worked in. */
export const SIGNING_TYPES: readonly string[] = ['jwtSignApi'];

/** Credential types whose access token may come with the base URL of the API (Salesforce). */
export const BASE_URL_TYPES: readonly string[] = ['jwtExchangeApi'];
