/**
 * Slope of the straight line through measurements, by least squares.
 *
 * @param points time in milliseconds and value
 * @returns change of the value per minute
 */
export function slopePerMinute(points: Array<[number, number]>): number {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const middle = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))] as const;
	const covariance = mean(points.map(([at, value]) => (at - middle[0]) * (value - middle[1])));
	const variance = mean(points.map(([at]) => (at - middle[0]) ** 2));
	return variance === 0 ? 0 : (covariance / variance) * 60_000;
}

/** The middle one. */
export function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
