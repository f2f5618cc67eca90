import { runInNewContext } from 'node:vm';
import {
	addressIn,
	byChoice,
	choice,
	defineService,
	key,
	needed,
	only,
	perItem,
	secret,
	text,
	toggle,
} from '../../../core/services/fields';

it('says what n8n is to draw', () => {
	expect([
		text('a', 'A', 'of a', { placeholder: 'x' }),
		secret('b', 'B', 'of b'),
		secret('c', 'C', 'of c', {}),
		key('d', 'D', 'of d'),
		needed('e', 'E', 'of e', 'x'),
		perItem(needed('f', 'F', 'of f')),
		toggle('g', 'G', 'of g'),
	]).toEqual([
		{ kind: 'text', name: 'a', label: 'A', description: 'of a', placeholder: 'x' },
		{ kind: 'secret', name: 'b', label: 'B', description: 'of b', required: true },
		{ kind: 'secret', name: 'c', label: 'C', description: 'of c' },
		{
			kind: 'key',
			name: 'd',
			label: 'D',
			description: 'of d',
			placeholder: '-----BEGIN PRIVATE KEY-----',
			required: true,
		},
		{
			kind: 'text',
			name: 'e',
			label: 'E',
			description: 'of e',
			required: true,
			placeholder: 'x',
		},
		{ kind: 'text', name: 'f', label: 'F', description: 'of f', required: true, perItem: true },
		{ kind: 'switch', name: 'g', label: 'G', description: 'of g' },
	]);
});

it('takes the first choice unless another is made, and shows fields for one of them', () => {
	const region = choice('region', 'Region', 'of it', { eu: 'Europe', us: 'United States' });
	expect(region).toMatchObject({
		default: 'eu',
		choices: [
			{ name: 'Europe', value: 'eu' },
			{ name: 'United States', value: 'us' },
		],
	});
	const [shown] = only('region', 'us', [text('state', 'State', 'of it')]);
	expect(shown?.showFor).toEqual({ field: 'region', values: ['us'] });
});

it('writes an address for n8n to compute, with https:// where nothing is in front', () => {
	const compute = (url: string) =>
		runInNewContext(addressIn('url').slice(3, -2), { $credentials: { url } }) as string;
	expect(compute('acme.example.com ')).toBe('https://acme.example.com');
	expect(compute('https://acme.example.com/x')).toBe('https://acme.example.com/x');
});

it('writes a text for each value of a choice, for n8n to compute', () => {
	const expression = byChoice('region', { eu: 'https://eu.example.com', us: '/a?b="c"' });
	const compute = (region: string) =>
		runInNewContext(expression.slice(3, -2), { $credentials: { region } }) as string;
	expect([compute('eu'), compute('us')]).toEqual(['https://eu.example.com', '/a?b="c"']);
});

it('leaves a row as it is', () => {
	const row = { fields: [] } as unknown as Parameters<typeof defineService>[0];
	expect(defineService(row)).toBe(row);
});
