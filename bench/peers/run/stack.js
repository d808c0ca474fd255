import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busySeconds, treeCpuSeconds } from '../../processes/cpu.js';
import { requestsByKind } from '../../processes/requests-by-kind.js';
import { startProgram } from './worker.js';

/** All that one row needs: its servers, a Keboola, a worker and a caller, each in a process of its own. */
export class PeerStack {
  static async open(processes, row) {
    const folder = temporaryFolder(processes);
    const [keboola] = await processes.helper('./sandbox.js', { args: ['1'] }).hear();
    const { startServers, startWorker = startProgram } = await import(`../${row.folder}/server.js`);
    const { pids, version, order } = await startServers({ processes, folder, row, keboola });
    const start = () => startWorker(processes, { ...order, keboola }, row);
    const stack = new PeerStack({ row, keboolaUrl: keboola.url, servers: pids, version, start });
    await stack.startWorker();
    stack.caller = processes.helper('../peers/caller.js');
    await stack.caller.ask({ folder: row.folder, order });
    return stack;
  }

  constructor(parts) {
    Object.assign(this, parts);
  }

  async startWorker() {
    this.worker = await this.start();
  }

  /** The counters of this instant. Seconds of processor time by process; requests by kind. */
  async sample() {
    const { requests } = await this.keboola('counters');
    const cpuSeconds = this.cpu();
    return { atMs: performance.now(), busySeconds: busySeconds(), cpuSeconds, requests: requestsByKind(requests) };
  }

  cpu() {
    const all = (pids) => pids.reduce((sum, pid) => sum + treeCpuSeconds(pid), 0);
    return { server: all(this.servers), worker: all([this.worker.pid]), client: all([this.caller.child.pid]) };
  }

  /** Asks the sandbox what only it knows, or steers it. */
  async keboola(what, options = {}) {
    const answer = await fetch(`${this.keboolaUrl}/_sandbox/${what}`, options);
    if (!answer.ok) throw new Error(`The sandbox refuses ${what}: ${await answer.text()}`);
    return await answer.json();
  }

  /** @returns of each creation the job and when it was asked for, in milliseconds since 1970. */
  async creations() {
    const creations = (await this.keboola('requests')).filter(({ route, jobId }) => route === 'create' && jobId);
    return creations.map(({ jobId, time }) => ({ jobId, createdMs: Date.parse(time) }));
  }
}

/** Others must be able to go through it: PostgreSQL runs as somebody else. */
function temporaryFolder(processes) {
  const folder = mkdtempSync(join(tmpdir(), 'keboola-temporal-bench-'));
  chmodSync(folder, 0o711);
  processes.keep({ stop: () => rmSync(folder, { recursive: true, force: true }) });
  return folder;
}
