import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that has ended and only waits for its parent to notice ("Z") is not alive. */
export function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

/** Whether the process ends within the time. */
export async function endsWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadlineMs = Date.now() + timeoutMs;
  while (isAlive(pid) && Date.now() < deadlineMs) await sleep(20);
  return !isAlive(pid);
}
