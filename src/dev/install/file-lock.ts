import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../report.js';

export interface LockOptions {
  /** Longest wait for another holder, in milliseconds. */
  waitMsMax: number;
  /** What the holder does, for those who wait: "building the Temporal CLI". */
  purpose: string;
  report: Report;
  /** Time between two looks at the lock, and between two signs of life of the holder. */
  intervalMs?: number;
}

interface Holder {
  token: string;
  pid: number;
  host: string;
}

/**
 * A holder counts as dead after this many missed signs of life: it may run on another machine (a shared home folder).
 */
const missedSignsMax = 30;

/**
 * Does the work while holding a lock file, so that of several processes only one does it at a time. The lock of a dead
 * holder is taken over: at once if its process id is gone, otherwise after 30 missed signs of life. Should two ever
 * take over at the same instant, both work; that costs time and harms nothing, if the work publishes its result by a
 * rename.
 *
 * @throws Error naming the holder and the lock file when the wait is over.
 */
export async function withFileLock<T>(lockFile: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const intervalMs = options.intervalMs ?? 500;
  const me: Holder = { token: randomUUID(), pid: process.pid, host: hostname() };
  await mkdir(dirname(lockFile), { recursive: true });
  await acquire(lockFile, me, intervalMs, options);
  const signsOfLife = setInterval(() => void touch(lockFile), intervalMs);
  try {
    return await work();
  } finally {
    clearInterval(signsOfLife);
    if ((await readHolder(lockFile))?.token === me.token) await rm(lockFile, { force: true });
  }
}

async function acquire(lockFile: string, me: Holder, intervalMs: number, options: LockOptions): Promise<void> {
  const startMs = performance.now();
  while (!(await create(lockFile, me))) {
    const holder = await readHolder(lockFile);
    if (await isDead(lockFile, holder, intervalMs * missedSignsMax)) {
      await rm(lockFile, { force: true });
      continue;
    }
    const who = holder === undefined ? 'Another process' : `Process ${holder.pid} on ${holder.host}`;
    const elapsedMs = performance.now() - startMs;
    if (elapsedMs >= options.waitMsMax) {
      const waited = `for ${Math.round(elapsedMs / 1000)} s`;
      throw new Error(`${who} has been ${options.purpose} ${waited}. Wait for it, or end it and delete ${lockFile}.`);
    }
    options.report(`${who} is ${options.purpose}; waiting (${Math.round(elapsedMs / 1000)} s)`, 'progress');
    await sleep(intervalMs);
  }
}

async function create(lockFile: string, me: Holder): Promise<boolean> {
  try {
    await writeFile(lockFile, JSON.stringify(me), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Undefined when the lock is gone, or its holder has not written its name yet. */
async function readHolder(lockFile: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lockFile, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isDead(lockFile: string, holder: Holder | undefined, silentMsMax: number): Promise<boolean> {
  if (holder?.host === hostname() && !isAlive(holder.pid)) return true;
  try {
    return Date.now() - (await stat(lockFile)).mtimeMs > silentMsMax;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

async function touch(lockFile: string): Promise<void> {
  const now = new Date();
  await utimes(lockFile, now, now).catch(() => undefined);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
