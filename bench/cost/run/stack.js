import { setTimeout as sleep } from 'node:timers/promises';
import { startTemporal } from '../../processes/temporal.js';
import { busySeconds, cpuSecondsOf } from '../../processes/cpu.js';
import { requestsByKind } from '../../processes/requests-by-kind.js';

const TASK_QUEUE = 'bench';
/** What a server still writes after the last answer belongs to the jobs, too. */
const SETTLE_MS = 1_000;
/** Histories of one row are alike, but for the number of reads. */
const HISTORIES_MAX = 20;

/** All that one row needs: a server, a Keboola, a worker and a client, each in a process of its own. */
export class Stack {
  /**
   * @param {import('../rows.js').Row} row
   * @param server a running Temporal server.
   * @param keboola `{ url, token }` of a sandbox that nobody else asks.
   */
  static async open(processes, { row, server, keboola, code }) {
    const worker = processes.helper('../cost/programs/worker.js');
    const client = processes.helper('../cost/programs/starter.js');
    const order = { address: server.address, taskQueue: TASK_QUEUE, row, keboola };
    const [, { serverVersion }] = await Promise.all([worker.ask({ ...order, code }), client.ask(order)]);
    const pids = { server: server.pid, worker: worker.child.pid, client: client.child.pid };
    return new Stack({ row, keboola, client, pids, serverVersion });
  }

  constructor({ row, keboola, client, pids, serverVersion }) {
    Object.assign(this, { row, keboola, client, pids, serverVersion });
  }

  /**
   * Runs jobs and tells what was used meanwhile.
   *
   * @param jobs `{ jobs, seconds, gapMs }`: how many, how long each takes, and how far apart they start.
   */
  async run(jobs) {
    if (this.row.isWatched) await this.client.ask({ lead: true });
    const before = await this.sample();
    const answers = await this.client.ask({ run: jobs });
    await sleep(SETTLE_MS);
    const after = await this.sample();
    const histories = await this.client.ask({ histories: HISTORIES_MAX });
    const creations = (await this.ask('requests')).filter(({ route, jobId }) => route === 'create' && jobId);
    return { ...jobs, row: this.row.key, before, after, answers, histories, creations: creations.map(timeOf) };
  }

  /** The counters of this instant. Seconds of processor time by process; requests by kind. */
  async sample() {
    const { requests } = await this.ask('counters');
    return {
      atMs: performance.now(),
      busySeconds: busySeconds(),
      cpuSeconds: this.cpu(),
      requests: requestsByKind(requests),
    };
  }

  cpu() {
    return Object.fromEntries(Object.entries(this.pids).map(([name, pid]) => [name, cpuSecondsOf(pid)]));
  }

  async ask(what) {
    return await (await fetch(`${this.keboola.url}/_sandbox/${what}`)).json();
  }
}

/** A stack for each row, on dev servers that live in real time. */
export async function openStacks(processes, rows, code) {
  const sandboxes = processes.helper('./sandbox.js', { args: [String(rows.length)] });
  const keboolas = await sandboxes.hear();
  const stacks = [];
  // One after another: servers that start at once take each other's processor time, and nothing is measured yet.
  for (const [at, row] of rows.entries()) {
    const server = processes.keep(await startTemporal());
    stacks.push(await Stack.open(processes, { row, server, keboola: keboolas[at], code }));
  }
  return stacks;
}

function timeOf({ jobId, time }) {
  return { jobId, createdMs: Date.parse(time) };
}
