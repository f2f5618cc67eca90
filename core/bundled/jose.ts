/** Never JWE: its deflate helper uses what n8n's scanner refuses. */
export { calculateJwkThumbprint, type JWK } from 'jose';
