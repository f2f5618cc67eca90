import { runInNewContext } from 'node:vm';
import {
	addressIn,
	choice,
	defineService,
	key,
	only,
	secret,
	text,
} from '../../../core/services/fields';

it('says what n8n is to draw', () => {
	expect([
		text('a', 'A', 'of a', { placeholder: 'x' }),
		secret('b', 'B', 'of b'),
		secret('c', 'C', 'of c', {}),
		key('d', 'D', 'of d'),
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

it('leaves a row as it is', () => {
	const row = { fields: [] } as unknown as Parameters<typeof defineService>[0];
	expect(defineService(row)).toBe(row);
});
