import { expect, it } from 'vitest';
import { busySecondsIn, cpuSecondsIn } from '../../../bench/processes/cpu.js';

it('reads the time of a process, whatever its name is', () => {
  const stat = '42 (a) b (c) S 1 42 42 0 -1 4194304 100 900 1 2 150 50 7000 8000 20 0 11 0 12345';
  expect(cpuSecondsIn(stat)).toBe(2);
});

it('counts neither rest nor waiting for the disk as work', () => {
  expect(busySecondsIn('cpu  100 10 50 90000 8000 3 7 30 0 0\ncpu0 1 2 3')).toBe(2);
});
