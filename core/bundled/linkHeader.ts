export { default as LinkHeader } from 'http-link-header';
