/**
 * The only import of jose. The build bundles this file, so what is named here is what ships:
 * signing, verifying and key import, never JWE (whose deflate helper the n8n gate refuses).
 */
export { CompactSign, compactVerify, calculateJwkThumbprint, exportJWK } from 'jose';
