import {
	holdsExpression,
	isMarkedExpression,
	wholeExpressionNotice,
} from '../../../core/shared/expressionText';

describe('the form of an expression', () => {
	it.each([
		['{{ $json.user }}', true],
		['a {{}} b', true],
		['={{ $json.user }}', true],
		['{{ a', false],
		['a }}', false],
		['}} {{', false],
		['a}}{{', false],
		['}} {{ }}', true],
		['{{}', false],
		['{ { } }', false],
		['', false],
	])('%j has it: %s', (text, expected) => {
		expect(holdsExpression(text)).toBe(expected);
	});

	it.each([
		['={{ $json.user }}', true],
		['=a {{ $json.user }}', true],
		['{{ $json.user }}', false],
		[' ={{ $json.user }}', false],
		['=', false],
		['=plain', false],
	])('%j is computed by n8n inside JSON: %s', (text, expected) => {
		expect(isMarkedExpression(text)).toBe(expected);
	});

	it('as the whole of a field is warned of by its name, with the form to use instead', () => {
		const notice = wholeExpressionNotice('Header Parameters');
		expect(notice).toMatch(/^Header Parameters is an expression as a whole: /);
		expect(notice).toContain('Switch it to Fixed');
		expect(notice.endsWith('"sub": "={{ $json.user }}"')).toBe(true);
		expect(notice).not.toMatch(/ {2}/);
	});
});
