import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What keeps a processor busy, longest first. A clean checkout knows no durations. */
const BUSY = [
  /\/chaos\/(broken-worker|stalled-worker|[a-z]+-sweep)\./,
  /\/e2e\/(demo-break|encryption|storage|temporal-settings)\./,
  /\/chaos\//,
  /\/e2e\/(doctor|ends|look|pipeline|tracing|worker|worker-log|worker-service)\./,
  /\/e2e\//,
];

/** What waits for timers most of its time, longest first. */
const WAITING = [
  /\/workflows\/(foreign-jobs-gone-on|stop\/stop-descendants|watch-project)\./,
  /\/workflows\/(foreign-jobs-for-hours|foreign-jobs-outage|reset-pipeline|stubborn-jobs|watched-wait)\./,
  /\/workflows\/(creation|foreign-jobs|stop\/kill-and-confirm|run-job|search-attributes|unreadable-payloads)\./,
  /\/workflows\/(budgets|long-job|pipeline-tasks|project-limit|recreation|refused-token|reset-pipeline-.*|search\/find-misnamed)\./,
  /\/workflows\//,
  /./,
];

/** Projects that start servers, and the short rest with which the end of a run is filled. */
const PROJECTS = ['servers', 'replay', 'rooms'];

/**
 * Vitest's own order is by project and by the size of a file, of which the first had the shortest tests at the beginning and the
 * second some of the longest at the end, when nothing is left to run beside them. Here what waits runs beside what is busy.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const places = new Map([...placed(sorted, BUSY), ...placed(sorted.filter(isWaiting), WAITING)]);
    const placeOf = (file: TestSpecification): number => places.get(file) ?? 0;
    return sorted.sort((a, b) => projectOf(a) - projectOf(b) || placeOf(a) - placeOf(b));
  }
}

/** The files that a pattern matches, each with its place among them: two such lists are merged by taking turns. */
function placed(files: TestSpecification[], patterns: readonly RegExp[]): [TestSpecification, number][] {
  const rank = ({ moduleId }: TestSpecification): number => patterns.findIndex((pattern) => pattern.test(moduleId));
  const ranked = files.filter((file) => rank(file) !== -1).sort((a, b) => rank(a) - rank(b));
  return ranked.map((file, place) => [file, place]);
}

function isWaiting({ moduleId }: TestSpecification): boolean {
  return !BUSY.some((pattern) => pattern.test(moduleId));
}

function projectOf({ project }: TestSpecification): number {
  return PROJECTS.indexOf(project.name);
}
