import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import { readCredentialExpiry } from '../../../core/settings/readExpiry';

const now = new Date('2026-01-01T12:00:00Z');

describe('Credential Expires At', () => {
	it.each([
		['2026-01-02T12:00:00Z', 1],
		['2026-01-15T11:59:59Z', 13],
		['2026-01-01T12:00:01Z', 0],
	])('%s: %d whole days left', (expiry, days) => {
		expect(daysUntilExpiry(Date.parse(expiry), now)).toBe(days);
	});

	it('counts no days where there is no end', () => {
		expect(daysUntilExpiry(undefined, now)).toBeUndefined();
	});

	it('refuses from the very second on', () => {
		expect(() => daysUntilExpiry(now.getTime(), now)).toThrow(
			expect.objectContaining({
				code: 'CREDENTIAL_EXPIRED',
				message: expect.stringContaining('2026-01-01T12:00:00.000Z'),
			}),
		);
	});

	it.each([
		['2026-01-01T13:00:00', 'UTC', 0],
		['2026-01-01T08:00:00', 'America/New_York', 0],
		['2026-01-01 08:00:00', 'America/New_York', 0],
		['2026-01-03T08:00:00', 'America/New_York', 2],
		['2026-01-02', 'America/New_York', 0],
		['2026-01-02T12:00:00Z', 'Asia/Tokyo', 1],
		['1767355200', 'Asia/Tokyo', 1],
		['Fri, 02 Jan 2026 12:00:00 GMT', 'Asia/Tokyo', 1],
	])('%s with n8n in %s: %s', (expiry, timeZone, days) => {
		expect(daysUntilExpiry(readCredentialExpiry(expiry), now, timeZone)).toBe(days);
	});

	it.each([
		['2026-01-01T20:00:00', 'Asia/Tokyo'],
		['2026-01-01T06:59:59', 'America/New_York'],
		['2026-02-30T12:00:00', 'UTC'],
	])('refuses %s with n8n in %s', (expiry, timeZone) => {
		expect(() => daysUntilExpiry(readCredentialExpiry(expiry), now, timeZone)).toThrow(
			expect.objectContaining({ code: 'CREDENTIAL_EXPIRED' }),
		);
	});
});
