import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS_MAX = 60_000;

/** A process that has ended and only waits for its parent to notice ("Z") is not alive. */
export function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

/** Whether the process ends at all: a machine may be busy, and what goes on for a minute goes on for ever. */
export async function ends(pid: number): Promise<boolean> {
  const deadlineMs = Date.now() + WAIT_MS_MAX;
  while (isAlive(pid) && Date.now() < deadlineMs) await sleep(20);
  return !isAlive(pid);
}
