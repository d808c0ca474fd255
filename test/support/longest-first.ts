import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long, longest first: by what a file waits for, since a clean checkout knows no durations. */
const LONGEST_FIRST = [
  /\/chaos\/(broken-worker|stalled-worker|[a-z]+-sweep)\./,
  /\/chaos\//,
  /\/(e2e\/temporal-settings|workflows\/stubborn-jobs)\./,
  /\/e2e\/(demo|demo-break|doctor|ends|look|pipeline|storage|worker-log)\./,
  /\/workflows\/(budgets|creation|long-job|pipeline-tasks|project-limit|recreation|refused-token|reset-pipeline.*)\./,
  /\/(e2e|worker)\//,
  /\/workflows\//,
];

/** Projects that start servers, and the short rest with which the end of a run is filled. */
const PROJECTS = ['servers', 'replay', 'rooms'];

/**
 * Vitest's own order is by project and by the size of a file, of which the first had the shortest tests at the beginning and the
 * second some of the longest at the end, when nothing is left to run beside them.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  const place = LONGEST_FIRST.findIndex((pattern) => pattern.test(moduleId));
  const withinProject = place === -1 ? LONGEST_FIRST.length : place;
  return PROJECTS.indexOf(project.name) * (LONGEST_FIRST.length + 1) + withinProject;
}
