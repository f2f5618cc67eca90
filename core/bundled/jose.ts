/**
 * The only import of jose. The build bundles this file, so what is named here is what ships: never
 * JWE, whose deflate helper the n8n gate refuses.
 */
export { calculateJwkThumbprint, type JWK } from 'jose';
