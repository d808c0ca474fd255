/**
 * Has V8 optimize a function when it has run fifteen times as much of it as by default. What a test runs is seldom run often
 * enough to earn back what optimizing it costs: with this a process of tests, or a worker for one, needs a tenth less of the
 * processor, and what is busy for long is optimized all the same.
 */
export const OPTIMIZE_LATE = '--interrupt-budget=2000000';
