/** A time in milliseconds. */
export type Clock = () => number;

/**
 * Milliseconds since some moment in the past, for everything that lasts: cool-downs, lifetimes of
 * caches, pauses. The time of day is no use for that, since somebody may put it right.
 */
export const monotonicClock: Clock = () => performance.now();
