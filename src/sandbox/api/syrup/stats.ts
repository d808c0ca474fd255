import type { Project } from '../../fixture/schema.js';
import type { JobFacts } from '../../world/job-record.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { syrupHolder } from '../call.js';
import type { Call } from '../call.js';
import { SyrupProblem } from '../../answer/problem.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
const OFFSET = /^([+-])(\d\d):(\d\d)$/;
/** The orchestrator's jobs only wait for other jobs. */
const UNCOUNTED_APP = 'orchestrator';

/** `GET /docker/stats/project`: how long all jobs of the project have worked. */
export function showStats(call: Call): Answer {
  const { project } = syrupHolder(call);
  return ok({ jobs: { durationSum: sum(worked(call, project)) } });
}

/** `GET /docker/stats/project/daily`: the same per day at the given UTC offset; days without jobs are left out. */
export function showDailyStats(call: Call): Answer {
  const { project } = syrupHolder(call);
  const [from, to, offset] = ['fromDate', 'toDate', 'timezoneOffset'].map((name) => required(call, name));
  const offsetMs = readOffset(offset ?? '');
  const byDay = new Map<string, JobFacts[]>();
  for (const facts of worked(call, project)) {
    const day = new Date((facts.endedAtMs ?? 0) + offsetMs).toISOString().slice(0, 10);
    if (day >= readDay(from ?? '') && day <= readDay(to ?? '')) byDay.set(day, [...(byDay.get(day) ?? []), facts]);
  }
  const days = [...byDay.keys()].sort();
  return ok({ jobs: days.map((date) => ({ date, durationSum: sum(byDay.get(date) ?? []) })) });
}

/** The jobs that have worked, as the search index knows them. */
function worked({ simulation }: Call, project: Project): JobFacts[] {
  const found: JobFacts[] = [];
  for (const job of simulation.world.jobs.oldestFirst()) {
    const facts = job.project === project ? simulation.world.index.get(job.facts.id) : undefined;
    if (facts !== undefined && facts.durationSeconds !== null && facts.app !== UNCOUNTED_APP) found.push(facts);
  }
  return found;
}

function sum(jobs: readonly JobFacts[]): number {
  return jobs.reduce((total, { durationSeconds }) => total + (durationSeconds ?? 0), 0);
}

function required({ query }: Call, name: string): string {
  const value = query.get(name) ?? '';
  // An unencoded plus sign arrives as a space.
  if (value !== '') return name === 'timezoneOffset' ? value.replace(/^ /, '+') : value;
  throw new SyrupProblem(400, `Missing "${name}" query parameter.`);
}

function readDay(text: string): string {
  if (DAY.test(text)) return text;
  throw new SyrupProblem(400, `"${text}" is not a day such as 2016-05-15`);
}

function readOffset(text: string): number {
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  if (hours === undefined) throw new SyrupProblem(400, `"${text}" is not an offset such as +02:00`);
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
