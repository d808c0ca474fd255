import { expect, it } from 'vitest';
import { busySecondsIn, cpuSecondsIn, treeCpuSecondsIn } from '../../../bench/processes/cpu.js';

it('reads the time of a process, whatever its name is', () => {
  const stat = '42 (a) b (c) S 1 42 42 0 -1 4194304 100 900 1 2 150 50 7000 8000 20 0 11 0 12345';
  expect(cpuSecondsIn(stat)).toBe(2);
});

it('counts neither rest nor waiting for the disk as work', () => {
  expect(busySecondsIn('cpu  100 10 50 90000 8000 3 7 30 0 0\ncpu0 1 2 3')).toBe(2);
});

it('counts a process with all below it, also those that have ended, and nobody else', () => {
  const stat = (pid: number, parentPid: number, [user, system, childrenUser, childrenSystem]: number[]) =>
    `${pid} (a (b)) S ${parentPid} 1 1 0 -1 4194304 100 900 1 2 ${user} ${system} ${childrenUser} ${childrenSystem} 20 0 1 0 9`;
  const stats = [
    stat(10, 1, [100, 50, 25, 25]),
    stat(11, 10, [10, 0, 0, 0]),
    stat(12, 11, [0, 40, 0, 0]),
    stat(13, 1, [5_000, 0, 0, 0]),
  ];
  expect(treeCpuSecondsIn(stats, 10)).toBe(2.5);
  expect(treeCpuSecondsIn(stats, 99)).toBe(0);
});
