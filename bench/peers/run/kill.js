import { setTimeout as sleep } from 'node:timers/promises';
import { aftermathOf } from '../report/aftermath.js';

const SECONDS = 3;
/** Jobs are told to their creator so late: whoever is killed meanwhile does not know that they exist. */
const ANSWER_DELAY_MS = 1_000;
const GAP_MS = 250;
const LOOK_MS = 20;
const HALF_MS_MAX = 60_000;
const RESTART_MS = 500;
/** BullMQ notices a lost worker within a minute. */
const ANSWERS_MS_MAX = 120_000;
const SETTLE_MS = 3_000;
const MARKER = 'kill';

/**
 * Kills the worker of a row with -9 while jobs are in every state that they can be in: known and waited for, written but
 * not yet told, and accepted but not yet created. Half of them start one after another, the rest in one burst.
 *
 * @returns what has become of them; see `aftermathOf`.
 */
export async function killWorker(stack, jobs) {
  await stack.keboola('faults', fault());
  const half = Math.ceil(jobs / 2);
  const start = { marker: MARKER, seconds: SECONDS };
  const early = await stack.caller.ask({ start: { ...start, from: 0, jobs: half, gapMs: GAP_MS } });
  const late = await stack.caller.ask({ start: { ...start, from: half, jobs: jobs - half, gapMs: 0 } });
  await untilWritten(stack, half);
  await stack.worker.kill();
  const killedMs = Date.now();
  await sleep(RESTART_MS);
  await stack.startWorker();
  const { answers, open } = await stack.caller.ask({
    collect: { timeoutMs: stack.row.answersMsMax ?? ANSWERS_MS_MAX },
  });
  await sleep(SETTLE_MS);
  const written = await writtenJobs(stack);
  return aftermathOf({ accepted: [...early, ...late], written, answers, open, killedMs });
}

function fault() {
  const delayed = { route: 'create', bodyContains: MARKER, delayMs: ANSWER_DELAY_MS, when: 'after', times: 'always' };
  return { method: 'POST', body: JSON.stringify(delayed) };
}

async function untilWritten(stack, count) {
  const deadlineMs = Date.now() + HALF_MS_MAX;
  while ((await writtenJobs(stack)).length < count) {
    if (Date.now() > deadlineMs) throw new Error(`${stack.row.name} does not create the jobs that it has accepted`);
    await sleep(LOOK_MS);
  }
}

/** @returns of each job that the sandbox has its id and the key that its caller gave it. Nobody is asked what he did. */
async function writtenJobs(stack) {
  const jobs = await stack.keboola('jobs');
  return jobs.flatMap(({ id, params }) => {
    const key = params?.configData?.parameters?.marker;
    return key?.startsWith(`${MARKER}-`) ? [{ jobId: String(id), key }] : [];
  });
}
