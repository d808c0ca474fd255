import { Client, Connection } from '@temporalio/client';
import { describeWatcher } from '../../dist/activities/watch/describe-watcher.js';
import { KeboolaClient } from '../../dist/client.js';
import { freePort } from '../../dist/dev/ports.js';
import { startTemporal } from '../processes/temporal.js';
import { difference, sample } from './counters.js';

const COLLECT_GARBAGE = new URL('../memory/collect-garbage.cjs', import.meta.url).pathname;
const CONNECTION = 'default';
const TASK_QUEUE = 'keboola';

/** A server, a Keboola and one worker at a time that watches it, each in a process of its own. */
export class ScaleStack {
  /** @param maxCachedWorkflows of each worker. */
  static async open(processes, maxCachedWorkflows) {
    const metricsPort = await freePort();
    const server = processes.keep(await startTemporal({ metricsPort }));
    const sandbox = processes.helper('./sandbox.js', { args: ['1'] });
    const [keboola] = await sandbox.hear();
    const connection = await Connection.connect({ address: server.address });
    processes.keep({ stop: () => connection.close() });
    const stack = new ScaleStack({ processes, server, sandbox, keboola, connection, metricsPort, maxCachedWorkflows });
    await stack.startWorker();
    return stack;
  }

  constructor({ processes, server, sandbox, keboola, connection, metricsPort, maxCachedWorkflows }) {
    this.processes = processes;
    this.address = server.address;
    this.keboolas = [{ ...keboola, name: CONNECTION, watch: true }];
    this.maxCachedWorkflows = maxCachedWorkflows;
    this.keboolaUrl = keboola.url;
    this.metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    this.pids = { server: server.pid, keboola: sandbox.child.pid };
    this.client = new Client({ connection });
    this.keboola = new KeboolaClient({ client: this.client, taskQueue: TASK_QUEUE });
  }

  async startWorker() {
    const execArgv = ['--expose-gc', '--require', COLLECT_GARBAGE];
    this.worker = this.processes.helper('./worker.js', { execArgv });
    const { address, keboolas, maxCachedWorkflows } = this;
    await this.worker.ask({ address, keboolas, maxCachedWorkflows });
    this.pids.worker = this.worker.child.pid;
  }

  /** As `kill -9`. */
  async killWorker() {
    await this.worker.stop();
  }

  /** Whether a worker that lives watches the project, and may be relied on; `sinceMs` is the server's clock. */
  async isWatched(sinceMs) {
    this.project ??= await this.projectId();
    const request = { connection: CONNECTION, project: this.project };
    const { isHealthy, beat } = await describeWatcher(this.client, TASK_QUEUE, request);
    return isHealthy && beat !== undefined && beat >= sinceMs;
  }

  /** What is used while something is done. */
  async used(act) {
    const before = await sample(this);
    await act();
    return difference(before, await sample(this));
  }

  /** The latest requests that Keboola was asked, oldest first. */
  async requests() {
    return await (await fetch(`${this.keboolaUrl}/_sandbox/requests`)).json();
  }

  async projectId() {
    const headers = { 'x-storageapi-token': this.keboolas[0].token };
    const answer = await fetch(`${this.keboolaUrl}/v2/storage/tokens/verify`, { headers });
    return String((await answer.json()).owner.id);
  }
}
