import { expect } from 'vitest';
import { CANARY_TOKEN, type CliLab } from '../cli-lab.js';
import { eventually } from '../eventually.js';
import type { Environment, Process } from '../processes.js';
import type { OtlpCollector } from './otlp-collector.js';

/** Lets us in with a collector. */
export const CANARY_HEADER = 'canary8Canary8Canary8';

/** For a worker or a command that tells its traces there, soon. */
export function tracingTo(url: string, taskQueue: string): Environment {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${CANARY_HEADER}`,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    KEBOOLA_TASK_QUEUE: taskQueue,
  };
}

/** A worker that logs as one does by default. */
export async function startTellingWorker(lab: CliLab, env: Environment): Promise<Process> {
  const worker = lab.start(['worker'], { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, ...env });
  await worker.says('Worker on task queue');
  return worker;
}

/** Waits for spans of these names: on a busy machine a process ends before what it has sent is read here. */
export async function arrived(collector: OtlpCollector, ...names: (string | RegExp)[]): Promise<void> {
  await eventually(() => expect(names.filter((name) => !collector.span(name))).toEqual([]));
}

/** Ends a worker as it is ended in good order. @returns what it has said on standard error. */
export async function stopped(worker: Process): Promise<string> {
  const { code, stderr } = await worker.signal('SIGTERM').end();
  expect(code).toBe(0);
  return stderr;
}
