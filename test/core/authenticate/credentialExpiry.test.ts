import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';

const now = new Date('2026-01-01T12:00:00Z');

describe('daysUntilExpiry', () => {
	it.each([
		['', undefined],
		['  ', undefined],
		['2026-01-02T12:00:00Z', 1],
		['2026-01-15T11:59:59Z', 13],
		['2026-01-01T12:00:01Z', 0],
	])('%j: %s', (expiry, days) => {
		expect(daysUntilExpiry(expiry, now)).toBe(days);
	});

	it('refuses from the very second on', () => {
		expect(() => daysUntilExpiry('2026-01-01T12:00:00Z', now)).toThrow(
			expect.objectContaining({
				code: 'CREDENTIAL_EXPIRED',
				message: expect.stringContaining('2026-01-01T12:00:00.000Z'),
			}),
		);
	});

	it('does not let an unreadable date pass for none', () => {
		expect(() => daysUntilExpiry('soon', now)).toThrow(
			expect.objectContaining({ code: 'CREDENTIAL_EXPIRED' }),
		);
	});
});
