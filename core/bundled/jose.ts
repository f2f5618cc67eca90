/**
 * What ships of jose: never JWE, whose deflate helper n8n's gate refuses.
 */
export { calculateJwkThumbprint, CompactSign, flattenedVerify, type JWK } from 'jose';
