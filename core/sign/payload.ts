import type { Claims } from './claims';
import { parseJsonObject } from '../shared/json';

/**
 * Reads the payload of a credential.
 *
 * @param payload JSON text or object
 * @returns a copy
 * @throws {@link JwtAuthError} `PAYLOAD_NOT_OBJECT`, `JSON_*`
 */
export function parsePayload(payload: unknown): Claims {
	return parseJsonObject(payload, { field: 'payload', notObject: 'PAYLOAD_NOT_OBJECT' });
}
