import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeCpuSeconds, treePids } from '../processes/cpu.js';

const WARM_UP_MS = 10_000;
const CHANGE_MS_MAX = 30_000;
const LOOK_MS = 20;
const TAIL_MAX = 200_000;

/**
 * Looks for a while at `list --watch --limit 1000` as a terminal draws it.
 *
 * @param change makes a new workflow, which comes first in the list, and returns its id.
 * @returns how long each took to be drawn, and what the process has used meanwhile.
 */
export async function watchFor({ cli, env, seconds, change }) {
  const command = `stty rows 50 cols 200; exec '${execPath}' '${cli}' list --watch --limit 1000`;
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const drawn = { tail: '' };
  terminal.stdout.setEncoding('utf8').on('data', (text) => (drawn.tail = (drawn.tail + text).slice(-TAIL_MAX)));
  try {
    await until(() => drawn.tail.includes('Ctrl-C ends this'));
    await sleep(WARM_UP_MS);
    return await measured(terminal.pid, seconds, async () => {
      const startedMs = performance.now();
      const id = await change();
      await until(() => drawn.tail.includes(id));
      return performance.now() - startedMs;
    });
  } finally {
    terminal.kill('SIGTERM');
  }
}

async function measured(pid, seconds, changeDrawn) {
  const [startedMs, cpuBefore, rssBefore] = [performance.now(), treeCpuSeconds(pid), rssMb(pid)];
  const changesMs = [];
  while (performance.now() - startedMs < seconds * 1_000) {
    changesMs.push(await changeDrawn());
    await sleep(LOOK_MS);
  }
  const tookSeconds = (performance.now() - startedMs) / 1_000;
  const rss = rssMb(pid);
  return {
    changesMs,
    cpuPercent: (100 * (treeCpuSeconds(pid) - cpuBefore)) / tookSeconds,
    rssMb: rss,
    growthMb: rss - rssBefore,
  };
}

/** Of the largest process below the one that holds the terminal. */
function rssMb(pid) {
  const sizes = treePids(pid).map((one) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1]);
  return Math.max(...sizes.map((kb) => Number(kb ?? 0))) / 1_000;
}

async function until(isSo) {
  const startedMs = performance.now();
  while (!isSo()) {
    if (performance.now() - startedMs > CHANGE_MS_MAX)
      throw new Error(`nothing of it was drawn in ${CHANGE_MS_MAX} ms`);
    await sleep(LOOK_MS);
  }
}
