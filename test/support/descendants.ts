import { spawnSync } from 'node:child_process';

/** The ids of all processes that a process has started, directly or not. */
export function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const family = [pid];
  // The list grows while it is walked: children of children are found by the same step.
  for (const parent of family) family.push(...pairs.filter(([, above]) => above === parent).map(([id]) => id));
  return family.slice(1);
}
