import type { ConnectionReport, WorkerDescription } from '../job/questions.js';

/** A connection of which the workers of one task queue think different things. */
export interface ConnectionConflict {
  connection: string;
  /** Each project that it leads to, and for whom. */
  projects: { project: string; workers: string[] }[];
  /** Who does not have it. */
  lacking: string[];
}

/** Where it is chance what happens to a job: any worker of a task queue takes up any of its jobs. */
export function connectionConflicts(workers: readonly WorkerDescription[]): ConnectionConflict[] {
  const names = new Set(workers.flatMap(({ connections }) => connections.map(({ name }) => name)));
  return [...names]
    .map((connection) => ({
      connection,
      projects: projectsOf(connection, workers),
      // One with more connections than it tells of may have it all the same.
      lacking: workers.filter((one) => !one.connectionsLeft && !find(one, connection)).map(({ identity }) => identity),
    }))
    .filter(({ projects, lacking }) => projects.length > 1 || lacking.length > 0);
}

/** For people, without an end. */
export function conflictText({ connection, projects, lacking }: ConnectionConflict): string {
  const leads = projects.map(({ project, workers }) => `project ${project} for ${workers.join(', ')}`).join(', ');
  const parts = [
    ...(projects.length > 1 ? [`is ${leads}: jobs go to either`] : []),
    ...(lacking.length > 0 ? [`is not known to ${lacking.join(', ')}: jobs that come there fail`] : []),
  ];
  return `connection "${connection}" ${parts.join(', and ')}`;
}

/** One that cannot be used now leads nowhere that could be compared. */
function projectsOf(connection: string, workers: readonly WorkerDescription[]): ConnectionConflict['projects'] {
  const found = new Map<string, string[]>();
  for (const worker of workers) {
    const report = find(worker, connection);
    if (!report?.project) continue;
    // Stacks count their projects each for itself.
    const project = `${report.project.id} at ${report.url}`;
    found.set(project, [...(found.get(project) ?? []), worker.identity]);
  }
  return [...found].map(([project, of]) => ({ project, workers: of }));
}

function find(worker: WorkerDescription, connection: string): ConnectionReport | undefined {
  return worker.connections.find(({ name }) => name === connection);
}
