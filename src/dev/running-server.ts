import { setTimeout as sleep } from 'node:timers/promises';
import { isServing } from './grpc-health.js';
import { type GuardedProcess, startGuarded } from './guarded-process.js';
import { reasonOf } from './run-tool.js';

export interface RunningServer {
  /** host:port */
  readonly address: string;
  /** Process id of the server itself. */
  readonly pid: number;
  /** Resolves with a sentence when the server has ended, by `stop()` or by itself; never rejects. */
  readonly ended: Promise<string>;
  /** Ends the server and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

export interface ServerStart {
  /** For messages: "Temporal dev server". */
  what: string;
  command: string;
  args: readonly string[];
  /** Where it is going to serve, on 127.0.0.1; nobody may listen there now. */
  port: number;
  /** Time that it gets to end in good order; 0 kills it at once. */
  graceMs: number;
  /** Words by which it says that it took its port. */
  announcement?: string;
  /** Words by which it says that it failed, should it stay alive nevertheless. */
  failure?: string;
}

/** A server ended at its start, or did not serve in time; the message carries its last output. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';
}

/** A server that was needed has ended by itself. */
export class ServerEndedError extends Error {
  override readonly name = 'ServerEndedError';
}

const startMsMax = 30_000;
const announcementMsMax = 2_000;
const pollIntervalMs = 15;
const answerTimeoutMs = 1_000;
const lastLinesMax = 15;

/**
 * Starts a Temporal server under a guard and waits until it serves. Ctrl-C does not reach it, so that a worker can
 * finish its work against it first; and it ends when our process does, even by kill -9.
 *
 * @throws ServerStartError as soon as the server ends or says that it failed, else after 30 s; nothing is left running.
 */
export async function startServer(start: ServerStart): Promise<RunningServer> {
  const server = await startGuarded(start).catch((error: unknown) => {
    throw new ServerStartError(`The ${start.what} ${start.command} could not be started: ${reasonOf(error)}`);
  });
  const problem = (await untilServing(server, start)) ?? (await untilSurelyOurs(server, start));
  if (problem !== undefined) {
    await server.stop();
    const lastWords = server.tail.lines(lastLinesMax);
    throw new ServerStartError(`The ${start.what} ${problem}${lastWords === '' ? '' : `:\n${lastWords}`}`);
  }
  return {
    address: `127.0.0.1:${start.port}`,
    pid: server.pid,
    ended: server.ended.then(({ code, signal }) => `ended with ${signal ?? `exit code ${String(code)}`}`),
    async stop() {
      await server.stop();
    },
  };
}

/** An answer counts only while our server lives: it could come from an older one on a port that ours did not get. */
async function untilServing(server: GuardedProcess, { port, failure }: ServerStart): Promise<string | undefined> {
  const deadlineMs = performance.now() + startMsMax;
  while (server.isRunning && performance.now() < deadlineMs) {
    if (failure !== undefined && server.tail.includes(failure)) return 'failed at its start';
    if (await isServing(port, answerTimeoutMs)) break;
    await sleep(pollIntervalMs);
  }
  if (!server.isRunning) return 'ended at its start';
  return performance.now() < deadlineMs ? undefined : `did not serve on port ${port} within ${startMsMax / 1000} s`;
}

/**
 * While our server is still finding out that somebody took its port, another one may answer. Ours announces the port
 * once it has it; without an announcement, the server that answers is ours if ours lives on.
 */
async function untilSurelyOurs(server: GuardedProcess, { announcement }: ServerStart): Promise<string | undefined> {
  const deadlineMs = performance.now() + announcementMsMax;
  while (announcement !== undefined && server.isRunning && performance.now() < deadlineMs) {
    if (server.tail.includes(announcement)) break;
    await sleep(pollIntervalMs);
  }
  return server.isRunning ? undefined : 'ended at its start';
}
