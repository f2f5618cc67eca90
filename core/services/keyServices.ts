import { appleAds } from './appleAds';
import { auth0 } from './auth0';
import { docusign } from './docusign';
import { entraApp } from './entraApp';
import { keycloak } from './keycloak';
import { line } from './line';
import { maskinporten } from './maskinporten';
import { netsuite } from './netsuite';
import { okta } from './okta';
import { salesforceBearer } from './salesforceBearer';
import type { Service } from './service';
import { servicenow } from './servicenow';
import { smartBackend } from './smartBackend';
import { snowflake } from './snowflake';

/** The services for which n8n can make the key pair, by the name of their credential type. */
export const KEY_SERVICES: Readonly<Record<string, Service>> = {
	appleAdsJwtApi: appleAds,
	auth0JwtApi: auth0,
	docusignJwtApi: docusign,
	entraAppJwtApi: entraApp,
	keycloakJwtApi: keycloak,
	lineJwtApi: line,
	maskinportenJwtApi: maskinporten,
	netsuiteJwtApi: netsuite,
	oktaJwtApi: okta,
	salesforceBearerJwtApi: salesforceBearer,
	servicenowJwtApi: servicenow,
	smartBackendJwtApi: smartBackend,
	snowflakeJwtApi: snowflake,
};
