import { monotonicClock } from '../../../core/shared/monotonicClock';

it('goes on, whatever happens to the time of day', async () => {
	const before = monotonicClock();
	const timeOfDay = jest.spyOn(Date, 'now').mockReturnValue(0);
	const after = monotonicClock();
	timeOfDay.mockRestore();
	expect(after).toBeGreaterThanOrEqual(before);
	await new Promise((resolve) => setTimeout(resolve, 5));
	expect(monotonicClock()).toBeGreaterThan(after);
});
