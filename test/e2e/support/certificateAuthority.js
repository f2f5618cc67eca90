// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** @param {string} folder @param {string[]} args */
function openssl(folder, ...args) {
	execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * Makes a certificate authority that exists for one run of tests.
 *
 * @param {string} folder
 * @returns {string} file with its certificate
 */
function makeAuthority(folder) {
	mkdirSync(folder, { recursive: true });
	openssl(
		folder,
		...['req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2'],
		...['-subj', '/CN=Tests of n8n-nodes-jwt-auth'],
	);
	return path.join(folder, 'ca.pem');
}

/**
 * A key and a certificate for some hosts.
 *
 * @param {string} folder of the authority
 * @param {string} name of its files
 * @param {readonly string[]} hosts
 */
function issueCertificate(folder, name, hosts) {
	const names = hosts.map((host) => `DNS:${host}`).join(',');
	writeFileSync(path.join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
	openssl(
		folder,
		...[
			'req',
			...NEW_KEY,
			'-keyout',
			`${name}.key`,
			'-out',
			`${name}.csr`,
			'-subj',
			'/CN=stand-in',
		],
	);
	openssl(
		folder,
		...[
			'x509',
			'-req',
			'-in',
			`${name}.csr`,
			'-CA',
			'ca.pem',
			'-CAkey',
			'ca.key',
			'-CAcreateserial',
		],
		...['-out', `${name}.pem`, '-days', '2', '-extfile', `${name}.ext`],
	);
	return {
		key: readFileSync(path.join(folder, `${name}.key`)),
		cert: readFileSync(path.join(folder, `${name}.pem`)),
	};
}

module.exports = { issueCertificate, makeAuthority };
