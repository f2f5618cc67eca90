import { RecentlyUsed } from '../../../core/shared/lruMap';

const made = (name: string) => () => ({ name });

describe('RecentlyUsed', () => {
	it('lets go of the value that was not used for the longest time', () => {
		const cache = new RecentlyUsed<{ name: string }>(3);
		const kept = cache.get('first', made('first'));
		const dropped = cache.get('second', made('second'));
		cache.get('first', made('another'));
		cache.get('third', made('third'));
		cache.get('fourth', made('fourth'));
		expect(cache.size).toBe(3);
		expect(cache.get('first', made('another'))).toBe(kept);
		expect(cache.get('second', made('second'))).not.toBe(dropped);
	});

	it('counts a look at a value as no use of it', () => {
		const cache = new RecentlyUsed<string>(2);
		cache.set('first', 'a');
		cache.set('second', 'b');
		expect(cache.peek('first')).toBe('a');
		cache.set('third', 'c');
		expect(cache.peek('first')).toBeUndefined();
		expect(cache.peek('second')).toBe('b');
	});

	it('keeps nothing of a failure', () => {
		const cache = new RecentlyUsed<string>();
		const fail = () => {
			throw new Error('not made');
		};
		expect(() => cache.get('a', fail)).toThrow('not made');
		expect(cache.size).toBe(0);
	});

	it('shows nothing of what it keeps', () => {
		const cache = new RecentlyUsed<string>();
		cache.get('a', () => 'secret');
		expect(JSON.stringify(cache)).toBe('{}');
		expect(Object.keys(cache)).toEqual([]);
	});
});
