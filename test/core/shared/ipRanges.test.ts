import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { isInIpRanges, notAnIpRange } from '../../../core/shared/ipRanges';

describe('a list of addresses', () => {
	it.each<[string, string[], boolean]>([
		['203.0.113.7', ['203.0.113.7'], true],
		['203.0.113.8', ['203.0.113.7'], false],
		['192.168.1.200', ['10.0.0.1', '192.168.1.0/24'], true],
		['192.168.2.1', ['192.168.1.0/24'], false],
		['192.168.1.129', ['192.168.1.0/25'], false],
		['1.2.3.4', ['0.0.0.0/0'], true],
		['::ffff:203.0.113.7', ['203.0.113.7'], true],
		['203.0.113.7', ['::ffff:203.0.113.7'], true],
		['2001:db8::1', ['2001:db8::/32'], true],
		['2001:DB8:0:0:0:0:0:1', ['2001:db8::1'], true],
		['fe80::1%eth0', ['fe80::/10'], true],
		['2001:db9::1', ['2001:db8::/32'], false],
		['::1', ['0.0.0.0/0'], false],
		['', ['0.0.0.0/0'], false],
		['nonsense', ['::/0'], false],
		['10.0.0.1', ['nonsense', '10.0.0.0/8'], true],
		['10.0.0.1', ['10.0.0.1/32'], true],
		['10.0.0.2', ['10.0.0.1/32'], false],
		['::1', ['::1/128'], true],
	])('%j in %j: %s', (address, ranges, expected) => {
		expect(isInIpRanges(address, ranges)).toBe(expected);
	});

	it('agrees with Node.js about any address and range', () => {
		const address = fc.oneof(fc.ipV4(), fc.ipV6());
		fc.assert(
			fc.property(address, address, fc.nat(128), (one, other, prefix) => {
				const bits = Math.min(prefix, isIP(other) === 4 ? 32 : 128);
				const list = new BlockList();
				list.addSubnet(other, bits, isIP(other) === 4 ? 'ipv4' : 'ipv6');
				// Node.js counts IPv4 as a part of IPv6.
				fc.pre(isIP(one) === isIP(other) && !/^(?:::|0+:0+:0+:0+:0+:)/.test(one + other));
				const expected = list.check(one, isIP(one) === 4 ? 'ipv4' : 'ipv6');
				expect(isInIpRanges(one, [`${other}/${bits}`])).toBe(expected);
			}),
			{ numRuns: 500 },
		);
	});

	it('takes every text for an address that Node.js does, and no other', () => {
		const almost = fc.string({ unit: fc.constantFrom(...'0123456789abcdef:./'), maxLength: 20 });
		fc.assert(
			fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), almost), (text) => {
				fc.pre(!text.includes('/'));
				expect(notAnIpRange([text]) === undefined).toBe(isIP(text) !== 0);
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		'',
		'localhost',
		'1.2.3',
		'1.2.3.4.5',
		'01.2.3.4',
		'1.2.3.256',
		'1.2.3.4/33',
		'1.2.3.4::',
		'1.2.3.4::1',
		'::1.2.3.4:1',
		'::1:xyz',
		'1:2:3:4::5:6:7:8',
		'1.2.3.4/',
		'1.2.3.4/8/8',
		'::1/129',
		':::',
		'1::2::3',
		'1.2.3.4/-1',
	])('names %j, which is none', (text) => {
		expect(notAnIpRange(['10.0.0.1', text])).toBe(text);
	});
});
