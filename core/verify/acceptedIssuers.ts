import { JwtAuthError } from '../errors';

/** Stands for the ID of a tenant in an issuer; the second is how Entra ID writes it. */
const PLACEHOLDERS = ['{tid}', '{tenantid}'] as const;

/** A GUID, which services write in lower case. */
const GUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/** Issuers that tokens are accepted from. */
export interface AcceptedIssuers {
	/** `iss` letter by letter, or with `{tid}` in place of the ID of a tenant. */
	issuers: readonly string[];
	/** Values accepted in `tid`; `{tid}` stands for these alone. Default: any, and no `{tid}`. */
	tenants?: readonly string[];
}

/** Whether an issuer stands for several tenants. */
export function hasTenantPlaceholder(issuer: string): boolean {
	return PLACEHOLDERS.some((placeholder) => issuer.includes(placeholder));
}

/**
 * Checks the IDs of tenants, which become part of an address.
 *
 * @param field what the person calls them
 * @returns GUIDs in lower case
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function tenantIds(values: readonly string[], field: string): string[] {
	return values.map((value) => {
		if (!/^\w[\w.-]*$/.test(value) || value.includes('..')) {
			throw new JwtAuthError('FIELD_INVALID', `${field} has a value that is no ID of a tenant.`, {
				hint: 'Enter the ID that the tokens carry as "tid", for Entra ID a GUID. There is no value that stands for all tenants.',
			});
		}
		return GUID.test(value) ? value.toLowerCase() : value;
	});
}

/**
 * Refuses an issuer for several tenants where nobody said which.
 *
 * @throws {@link JwtAuthError} `CHECK_EMPTY`
 */
export function assertTenantsListed({ issuers, tenants = [] }: AcceptedIssuers): void {
	if (tenants.length > 0 || !issuers.some(hasTenantPlaceholder)) return;
	throw new JwtAuthError(
		'CHECK_EMPTY',
		'Issuer has {tid} in it, but no tenant is listed under Checks > Allowed Tenants.',
		{
			hint: 'Add that check and list the ID of every tenant whose tokens are to be accepted. Without it anybody with a tenant of their own could get in.',
		},
	);
}

/** The issuer of one tenant. */
export function issuerOfTenant(issuer: string, tenant: string): string {
	return PLACEHOLDERS.reduce(
		(text, placeholder) => text.replaceAll(placeholder, () => tenant),
		issuer,
	);
}

/**
 * Whether claims come from an accepted issuer: its `iss` letter by letter, or what an issuer with
 * `{tid}` is for the token's own `tid`, if that is one of the tenants.
 */
export function isAcceptedIssuer(
	{ iss, tid }: Record<string, unknown>,
	issuer: string,
	tenants: readonly string[] = [],
): boolean {
	if (!hasTenantPlaceholder(issuer)) return issuer === iss;
	const tenant = tenants.find((allowed) => allowed === tid);
	return tenant !== undefined && issuerOfTenant(issuer, tenant) === iss;
}
