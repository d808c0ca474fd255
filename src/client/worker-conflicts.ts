import type { ConnectionReport, WorkerDescription } from '../job/questions.js';

/** A connection on which the workers of one task queue disagree. */
export interface ConnectionConflict {
  connection: string;
  /** Each project that it leads to, and for which workers (by identity). */
  projects: { project: string; workers: string[] }[];
  /** Identities of the workers that do not have it. */
  lacking: string[];
}

/** Connections whose jobs are a matter of luck, since any worker of the task queue may take up any job. */
export function connectionConflicts(workers: readonly WorkerDescription[]): ConnectionConflict[] {
  const names = new Set(workers.flatMap(({ connections }) => connections.map(({ name }) => name)));
  return [...names]
    .map((connection) => ({
      connection,
      projects: projectsOf(connection, workers),
      // A worker with more connections than it lists may still have this one.
      lacking: workers.filter((one) => !one.connectionsLeft && !find(one, connection)).map(({ identity }) => identity),
    }))
    .filter(({ projects, lacking }) => projects.length > 1 || lacking.length > 0);
}

/** The conflict in words for people, without a full stop. */
export function conflictText({ connection, projects, lacking }: ConnectionConflict): string {
  const leads = projects.map(({ project, workers }) => `project ${project} on ${workers.join(', ')}`).join(', ');
  const parts = [
    ...(projects.length > 1 ? [`leads to ${leads}: a job may run in either`] : []),
    ...(lacking.length > 0 ? [`is unknown to ${lacking.join(', ')}: jobs that reach it fail`] : []),
  ];
  return `connection "${connection}" ${parts.join(', and ')}`;
}

/** A connection that cannot be used now has no project to compare. */
function projectsOf(connection: string, workers: readonly WorkerDescription[]): ConnectionConflict['projects'] {
  const found = new Map<string, string[]>();
  for (const worker of workers) {
    const report = find(worker, connection);
    if (!report?.project) continue;
    // Project ids are unique only within one stack.
    const project = `${report.project.id} at ${report.url}`;
    found.set(project, [...(found.get(project) ?? []), worker.identity]);
  }
  return [...found].map(([project, of]) => ({ project, workers: of }));
}

function find(worker: WorkerDescription, connection: string): ConnectionReport | undefined {
  return worker.connections.find(({ name }) => name === connection);
}
