import type { HeardWorkers } from '../../client/hear-workers.js';
import { connectionConflicts, conflictText } from '../../client/worker-conflicts.js';
import { JobFailedError } from '../../client/errors.js';
import type { ConnectionReport, WorkerDescription } from '../../job/questions.js';
import { reportText } from '../../keboola/connection/connection-report.js';
import { findingOf, type Finding } from './finding.js';

const NOT_ANSWERED =
  'A worker accepted the question but does not answer: it is unhealthy or runs another version. Check its log and restart it.';

/** The name of the check by which programs find the worker. */
export const WORKER = 'Worker';

const ONE_QUEUE_EACH = 'Give one of them its own task queue (KEBOOLA_TASK_QUEUE), or stop it.';

/** What the workers of a task queue report about themselves, each other and their connections. */
export function workersFindings(taskQueue: string, { workers, unheard }: HeardWorkers): Finding[] {
  const conflicts = connectionConflicts(workers).map(conflictText);
  const check = 'Workers of one task queue';
  return [
    ...workers.map((worker) => workerFinding(taskQueue, worker)),
    ...(unheard.length > 0 ? [{ check, ok: true, detail: unheardText(unheard) }] : []),
    ...conflicts.map((detail) => ({ check, ok: false, detail, advice: ONE_QUEUE_EACH })),
    ...distinct(workers.flatMap(({ connections }) => connections.map((report) => connectionFinding(report)))),
  ];
}

/** Temporal goes on listing a worker for five minutes after it has gone. */
function unheardText(unheard: readonly string[]): string {
  return `polled within the last five minutes but did not answer: ${unheard.join(', ')}`;
}

/** Workers that are alike report the same. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.check} ${finding.detail}`, finding])).values()];
}

/** What a worker reports about itself, or why none does: those that Temporal lists may be gone for minutes. */
export function workerFinding(taskQueue: string, answer: WorkerDescription | Error): Finding {
  if (answer instanceof JobFailedError && answer.type === 'TimedOut') {
    return {
      check: WORKER,
      ok: false,
      detail: `no answer on task queue ${taskQueue} within 30 s`,
      advice: NOT_ANSWERED,
    };
  }
  if (answer instanceof Error) return findingOf(WORKER, answer, 'Start one with `keboola-temporal worker`.');
  const { identity, connections, connectionsLeft = 0 } = answer;
  const serves = connections.map(({ name }) => name).join(', ') || 'none';
  const rest = connectionsLeft > 0 ? ` and ${connectionsLeft} more` : '';
  return {
    check: WORKER,
    ok: true,
    detail: `${identity} answers on task queue ${taskQueue}; connections: ${serves}${rest}`,
  };
}

/** @param whose says who knows the connection, if not the worker. */
export function connectionFinding(report: ConnectionReport, whose = ''): Finding {
  const { name, project, problem, advice, warnings, unreachable } = report;
  return {
    check: `Keboola, connection ${name}`,
    ok: project !== undefined && problem === undefined,
    detail: `${reportText(report)}${whose}`,
    ...(advice !== undefined && { advice }),
    ...(warnings !== undefined && { warnings }),
    ...(unreachable && { unreachable }),
  };
}
