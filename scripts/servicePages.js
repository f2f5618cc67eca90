// @ts-check
'use strict';

// npm run docs:services: writes into each recipe what the service's own credential type asks for, from
// the rows in core/services, and into a new one the generic credential. Needs a build. The tests compare
// the rest of the page with the row.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { JSON_HERE, renderGeneric, TABLE_HERE } = require('./genericRecipe');

const root = path.join(__dirname, '..');
const BEGIN = '<!-- Written by npm run docs:services. -->';
const END = '<!-- End of what is written by npm run docs:services. -->';

/** @typedef {import('../core/services/service').Service} Service */

/** @param {Service['fields'][number]} field @param {Service} service */
function fieldLine({ label, description, required, showFor, default: value, kind }, { fields }) {
	const holder = fields.find(({ name }) => name === showFor?.field);
	const choice = holder?.choices?.find((one) => one.value === showFor?.values[0])?.name;
	const notes = [
		...(choice ? [`for ${holder?.label} = ${choice}`] : []),
		...(required || kind === 'choice' || value ? [] : ['optional']),
		...(value && kind !== 'choice' ? [`\`${value}\` unless you change it`] : []),
	];
	return `- **${label}**${notes.length > 0 ? ` (${notes.join('; ')})` : ''}: ${description}`;
}

/**
 * The part of a recipe that describes the service's own credential type.
 *
 * @param {Service} service
 * @param {string} displayName of the credential type
 */
function renderServiceSection(service, displayName) {
	const nodes = service.keyPair
		? 'JWT Sign takes this type for Get Public Key and Get Public JWKS alone, and JWT HTTP Request does not; for the rest use the generic credential below there.'
		: 'JWT HTTP Request and JWT Sign do not take this type; use the generic credential below there.';
	const hosts = service.hosts ? `\`${service.hosts}\`` : 'the host of the service';
	return [
		BEGIN,
		'',
		'## The short way',
		'',
		`Search for **${service.name}** in the node panel: n8n opens its HTTP Request node with a credential of the type **${displayName}**. It asks for:`,
		'',
		...service.fields.map((field) => fieldLine(field, service)),
		'',
		`All the rest is set by itself, as in the table below. Tokens go to ${hosts} only, and Test Connection asks the service itself. ${nodes}`,
		'',
		END,
	].join('\n');
}

/**
 * A page with that part in it: where it was, or in front of the generic credential.
 *
 * @param {string} page
 * @param {string} section
 */
function withServiceSection(page, section) {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin >= 0 && end > begin) {
		return page.slice(0, begin) + section + page.slice(end + END.length);
	}
	return page.replace('\n## Credential\n', `\n${section}\n\n## Credential\n`);
}

/**
 * A new recipe with the generic credential in it.
 *
 * @param {string} page
 * @param {Service} row
 * @param {Parameters<typeof renderGeneric>[2]} code
 */
function withGeneric(page, row, code) {
	if (!page.includes(TABLE_HERE)) return page;
	const title = /^# (.*)$/m.exec(page)?.[1] ?? row.name;
	try {
		const { table, json } = renderGeneric(row, title, code);
		return page.replace(TABLE_HERE, () => table).replace(JSON_HERE, () => json);
	} catch (error) {
		console.log(`${row.recipe}.md needs its table by hand: ${Object(error).message}`);
		return page;
	}
}

function main() {
	const { loadCore } = require('./loadCore');
	const files = readdirSync(path.join(root, 'dist/core/services')).map((file) =>
		path.basename(file, '.js'),
	);
	const rows = files
		.flatMap((file) => Object.values(loadCore(`services/${file}`)))
		.filter((value) => typeof value === 'object' && 'toGeneric' in value);
	const built = path.join(root, 'dist/credentials');
	/** @type {Array<new () => import('n8n-workflow').ICredentialType>} */
	const classes = readdirSync(built)
		.filter((file) => file.endsWith('.credentials.js'))
		.flatMap((file) => Object.values(require(path.join(built, file))));
	const types = classes.map((Type) => new Type());
	const code = {
		...loadCore('services/genericData'),
		groups: loadCore('settings/advancedOptions').ADVANCED_GROUPS,
		formOf: (/** @type {string} */ type) =>
			types.find(({ name }) => name === type)?.properties ?? [],
	};
	for (const row of rows) {
		const type = types.find(({ httpRequestNode }) => httpRequestNode?.name === row.name);
		const file = path.join(root, 'docs/recipes', `${row.recipe}.md`);
		const section = renderServiceSection(row, type?.displayName ?? '');
		const page = withGeneric(readFileSync(file, 'utf8'), row, code);
		writeFileSync(file, withServiceSection(page, section));
	}
	console.log(`Wrote what ${rows.length} credential types ask for into docs/recipes`);
}

if (require.main === module) main();

module.exports = { renderServiceSection, withServiceSection };
