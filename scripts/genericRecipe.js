// @ts-check
'use strict';

// The part of a service's recipe that gives the same as a generic credential: its table and its JSON, made
// of the row. New recipes begin with it; "Where it comes from" is left to a person.

/** @typedef {import('../core/services/service').Service} Service */
/** @typedef {import('n8n-workflow').INodeProperties} Field */

/** In place of which a recipe that `npm run new:service` wrote gets them. */
const TABLE_HERE = '<!-- npm run docs:services writes the table here. -->';
const JSON_HERE = '<!-- npm run docs:services writes the JSON here. -->';

/** Every field filled in with its name, as recipes do. @param {Service} service */
function filledIn({ fields }) {
	const word = (/** @type {string} */ name) =>
		`YOUR_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
	return Object.fromEntries(
		fields
			.filter(({ kind, default: value }) => !['choice', 'switch'].includes(kind) && !value)
			.map(({ name }) => [name, word(name)]),
	);
}

/** A value as a form holds it. @param {Field | undefined} field @param {unknown} value */
function asStored(field, value) {
	if (typeof value !== 'object' || value === null || field?.type === 'fixedCollection')
		return value;
	const text = JSON.stringify(value, null, 1);
	return text
		.replace(/\n\s*/g, ' ')
		.replace(/([{[]) /g, '$1')
		.replace(/ ([}\]])/g, '$1');
}

/**
 * The rows of Request Binding.
 *
 * @param {Field | undefined} field
 * @param {unknown} value
 */
function shownBindings(field, value) {
	const [rows] = /** @type {Array<{ values: Field[] }>} */ (field?.options ?? []);
	const nameOf = (/** @type {string} */ name, /** @type {unknown} */ one) => {
		const column = rows?.values.find((candidate) => candidate.name === name);
		return column?.options?.find((option) => 'value' in option && option.value === one)?.name;
	};
	/** @type {Array<Record<string, string>>} */
	const bindings = Object(value).bindings;
	return bindings
		.map((row) => `${nameOf('target', row.target)} \`${row.name}\` = ${nameOf('value', row.value)}`)
		.join('; ');
}

/** @param {Field[]} fields of one name @param {unknown} value as the table of a recipe writes it */
function shown(fields, value) {
	if (fields[0]?.type === 'fixedCollection') return shownBindings(fields[0], value);
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const nameOf = (/** @type {unknown} */ one) =>
		fields
			.flatMap(({ options = [] }) => options)
			.find((option) => 'value' in option && option.value === one)?.name;
	if (Array.isArray(value)) return value.map((one) => nameOf(one) ?? one).join(', ');
	return nameOf(value) ?? (value === '' ? '(empty)' : `\`${String(value)}\``);
}

/**
 * What a person would enter into the generic form: nothing that it begins with.
 *
 * @param {Record<string, unknown>} generic as `genericData` makes it
 * @param {Field[]} form
 * @param {Readonly<Record<string, readonly string[]>>} groups ADVANCED_GROUPS
 */
function entered(generic, form, groups) {
	const values = Object.entries(generic)
		.filter(([name]) => name !== 'useAdvanced')
		.map(([name, value]) => {
			const field = form.find((one) => one.name === name);
			return { name, field, value: asStored(field, value) };
		})
		.filter(({ field, value }) => {
			return value !== undefined && field?.default !== value && !(value === '' && !field?.default);
		});
	const names = values.map(({ name }) => name);
	const chosen = Object.entries(groups)
		.filter(([, members]) => members.some((name) => isAdvanced(form, name) && names.includes(name)))
		.map(([group]) => group);
	const all = {
		...Object.fromEntries(values.map(({ name, value }) => [name, value])),
		...(chosen.length > 0 && { useAdvanced: chosen }),
	};
	const order = [...new Set(form.map(({ name }) => name))];
	const place = (/** @type {string} */ name) => order.indexOf(name);
	return Object.fromEntries(Object.entries(all).sort(([a], [b]) => place(a) - place(b)));
}

/** @param {Field[]} form @param {string} name */
function isAdvanced(form, name) {
	return form.some((one) => one.name === name && one.displayOptions?.show?.useAdvanced);
}

/** @param {Record<string, unknown>} data @param {Field[]} form */
function tableOf(data, form) {
	const head = ['| Field | Value | Where it comes from |', '|---|---|---|'];
	const rows = Object.entries(data).map(([name, value]) => {
		const fields = form.filter((one) => one.name === name);
		return `| ${fields[0]?.displayName} | ${shown(fields, value)} |  |`;
	});
	return [...head, ...rows].join('\n');
}

/**
 * The table and the JSON of a generic credential.
 *
 * @param {Service} service
 * @param {string} title what the credential is called
 * @param {{
 *   genericData: (service: Service, data: Record<string, unknown>) => Record<string, unknown>,
 *   groups: Readonly<Record<string, readonly string[]>>,
 *   formOf: (type: string) => Field[],
 * }} code of the build
 * @param {Record<string, string>} filled what the service's own form holds
 * @returns {{ table: string, json: string }}
 * @throws where the row refuses words in place of values; the recipe is then for a person to write
 */
function renderGeneric(
	service,
	title,
	{ genericData, groups, formOf },
	filled = filledIn(service),
) {
	const generic = genericData(service, filled);
	const type = generic.grant === undefined ? 'jwtSignApi' : 'jwtExchangeApi';
	const name = type === 'jwtSignApi' ? 'JWT Sign' : 'JWT Token Exchange';
	const page = type === 'jwtSignApi' ? 'jwt-sign-api' : 'exchange';
	const form = formOf(type);
	const { allowedHttpRequestDomains, allowedDomains, ...needed } = entered(generic, form, groups);
	const hosts = { allowedHttpRequestDomains, allowedDomains };
	const table = [
		`1. In n8n: **Credentials > Create credential**, search for \`${name}\`, choose [${name} API](../${page}.md).`,
		`2. Click the name at the top of the form and call it **${title}**.`,
		'3. Fill in this table; replace what begins with `YOUR_`. Everything else stays as it is.',
		'4. **Save**. n8n tests it right away.',
		'',
		tableOf(needed, form),
		'',
		'Not needed, but safer: the token goes to these hosts only.',
		'',
		tableOf(hosts, form),
	].join('\n');
	const body = { name: title, type, data: { ...needed, ...hosts } };
	const json = [
		'Body for `POST /api/v1/credentials` of n8n ([how](../tines.md#creating-a-credential-through-n8ns-api)):',
		'',
		'```json',
		JSON.stringify(body, null, 2),
		'```',
	].join('\n');
	return { table, json };
}

module.exports = { JSON_HERE, TABLE_HERE, renderGeneric };
