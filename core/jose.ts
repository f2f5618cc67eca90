/**
 * The only import of jose. The build bundles this file, so what is named here is what ships:
 * signing, never JWE (whose deflate helper the n8n gate refuses).
 */
export { CompactSign } from 'jose';
