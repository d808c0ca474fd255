import type { FastifyInstance } from 'fastify';
import { jsonText } from '../json.js';
import type { Simulation } from '../simulation.js';
import { isFinished } from '../world/job-record.js';
import type { Job, JobFacts } from '../world/job-record.js';
import type { Control } from './control.js';
import { htmlPage, table, text } from './html.js';

/**
 * The paths of a job's page in Keboola's own interface: in Syrup's time (keboola/kbc-ui
 * `src/scripts/modules/jobs/Routes.coffee`), and for jobs of Queue v2. Links of both kinds are in use.
 */
const PAGES = ['/admin/projects/:project/jobs/:id', '/admin/projects/:project/queue/:id'];
/** A page that takes seconds to scroll helps nobody. */
const ROWS_MAX = 200;

/**
 * The page of a job, for people who follow a link and have no token at hand. It is no route of the API, so no counter
 * counts it and no fault hits it.
 */
export function addJobPage(app: FastifyInstance, control: Control): void {
  for (const path of PAGES) servePage(app, path, control);
}

function servePage(app: FastifyInstance, path: string, { simulation, key }: Control): void {
  app.get(path, async (request, reply) => {
    const { project, id } = request.params as { project: string; id: string };
    await simulation.catchUp();
    const job = simulation.world.jobs.get(id);
    const [status, page] = pageOf(simulation, key, job?.facts.project.id === Number(project) ? job : undefined);
    await reply
      .code(status)
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        // Nothing in a job's texts can run, and no other page can embed this one.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      })
      .send(page);
  });
}

function pageOf(simulation: Simulation, key: string | undefined, job: Job | undefined): [status: number, page: string] {
  if (key !== undefined) {
    const why =
      'This sandbox is reachable from other machines, so jobs are shown only to callers with a token. Read the job through the API.';
    return [403, htmlPage('Not shown', text('p', why))];
  }
  if (job === undefined) return [404, htmlPage('No such job', text('p', 'The project has no such job.'))];
  return [200, jobPage(simulation, job)];
}

function jobPage(simulation: Simulation, { facts, project }: Job): string {
  const title = `Job ${facts.id}: ${facts.status}`;
  const below = [...simulation.world.jobs.oldestFirst()]
    .filter((other) => other.project === project && isBelow(other.facts.runId, facts.runId))
    .map((other) => other.facts);
  const parts = [
    text('h1', title),
    table([], factsOf(simulation, facts)),
    text('h2', `Jobs below: ${below.length}`),
    table(['Job', 'Status', 'Component', 'Run id'], below.slice(0, ROWS_MAX).map(childRow)),
    text('h2', 'Messages'),
    table(['Time', 'Type', 'Component', 'Message'], messages(simulation, facts)),
  ];
  return htmlPage(title, parts.join(''), isFinished(facts.status) ? undefined : 5);
}

function factsOf({ documents }: Simulation, facts: JobFacts): string[][] {
  const { params, result, project, runId } = facts;
  const { createdTime, startTime, endTime } = documents.detail(facts);
  const rows: [string, unknown][] = [
    ['Status', facts.status],
    ['Component', componentOf(facts)],
    ['Configuration', params['config']],
    ['Project', `${project.name} (${project.id})`],
    ['Run id', runId],
    ['Created', createdTime],
    ['Started', startTime],
    ['Ended', endTime],
    ['Message', result['message']],
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, shown(value)]]));
}

function componentOf({ params, app }: JobFacts): string {
  return typeof params['component'] === 'string' ? params['component'] : app;
}

function childRow(child: JobFacts): string[] {
  return [child.id, child.status, componentOf(child), child.runId];
}

function messages({ world, documents }: Simulation, { id, project, queue, ...facts }: JobFacts): string[][] {
  // In Queue v2, events carry the id of their job as their run id.
  const runId = queue === undefined ? facts.runId : id;
  return world.storage.events
    .oldestFirst(project.id)
    .filter((event) => event.runId !== null && (event.runId === runId || isBelow(event.runId, runId)))
    .slice(-ROWS_MAX)
    .map(({ atMs, type, component, message }) => [documents.zone.iso(atMs), type, component, message]);
}

function isBelow(runId: string, above: string): boolean {
  return above !== '' && runId.startsWith(`${above}.`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value);
}
