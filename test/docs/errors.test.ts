import { readFileSync } from 'node:fs';
import { ERROR_HINTS } from '../../core/errors';
import { PAGE, readMeanings, renderErrorsPage } from '../../scripts/errorsPage';

it('docs/errors.md has every error code with its meaning and its hint, and no other', () => {
	const page = readFileSync(PAGE, 'utf8');
	const codes = [...page.matchAll(/^## (.+)$/gm)].map(([, code]) => code);
	const rendered = renderErrorsPage(ERROR_HINTS, readMeanings());
	expect({ 'to be written by': 'npm run docs:errors', codes }).toEqual({
		'to be written by': 'npm run docs:errors',
		codes: Object.keys(ERROR_HINTS).sort(),
	});
	expect(page).toBe(rendered);
});
