import { joinBySlash } from '../../../core/shared/url';
import fc from 'fast-check';

it.each([
	['https://x.test', 'a', 'https://x.test/a'],
	['https://x.test/v1/', '/a?b=//c', 'https://x.test/v1/a?b=//c'],
	['https://x.test///', '///a', 'https://x.test/a'],
	['///', '///', '/'],
])('%s and %s are %s', (base, path, joined) => {
	expect(joinBySlash(base, path)).toBe(joined);
});

it('leaves what is not a slash as it is', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (base, path) => {
			const joined = joinBySlash(base, path);
			expect(joined).toBe(`${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
		}),
	);
});
