import type { CreateFence } from '../../job/input.js';
import type { ConnectionReport } from '../../job/questions.js';
import { counted } from '../../job/text/counted.js';
import { compact } from '../../job/text/document-fields.js';
import { KeboolaError } from '../http/keboola-error.js';
import { DIALECT_NAMES } from './dialect.js';
import type { Keboola } from '../keboola.js';
import { impossibleFence, shortcomings } from '../shortcomings.js';

const CHECK_ADDRESS =
  'Check the address of the connection (KBC_URL, or its url in a file of connections): it is the one of your Keboola, for example https://connection.keboola.com.';
const TOKEN_UNKNOWN =
  'Keboola does not know the token: it belongs to another stack (see the address of the connection), was deleted or has expired.';
const CORRECT_FENCE =
  'Correct "createFence" of the connection: a job whose input does not choose another one fails as InvalidInput.';
const COMPONENTS_NAMED_MAX = 5;
/** Must agree with `src/job/wait/outage.ts`. */
const JOBS_WAIT = 'Jobs, including new ones, wait up to an hour for it; then they fail.';

/** Checks whether a connection can be used, without caches. Whatever is wrong is reported, not thrown. */
export async function reportOf(keboola: Keboola): Promise<ConnectionReport> {
  const { name, origins } = keboola.connection;
  const report = { name, url: origins.base.origin };
  try {
    const facts = await keboola.lookAnew();
    const { createFence: chosenFence } = keboola.connection;
    const [warnings, noFence] = await Promise.all([shortcomings(keboola), impossibleFence(keboola, { component: '' })]);
    return compact({
      ...report,
      project: { id: facts.id, name: facts.name },
      token: facts.tokenDescription,
      components: facts.componentAccess && componentsText(facts.componentAccess),
      api: DIALECT_NAMES[await keboola.dialect()],
      jobsParallelism: facts.jobsParallelism,
      createFence: createFenceText(chosenFence, await keboola.jobs()),
      chosenFence,
      warnings: warnings.length > 0 ? warnings : undefined,
      ...(noFence && { problem: `${noFence.path} ${noFence.message}`, advice: CORRECT_FENCE }),
    });
  } catch (error) {
    return { ...report, ...problemOf(keboola, error) };
  }
}

/** The report in one line, for people. */
export function reportText({ url, project, token, components, api, problem, ...more }: ConnectionReport): string {
  if (!project) return problem ?? '';
  const { jobsParallelism, createFence, watch } = more;
  const spoken = api === undefined ? '' : ` on ${api}`;
  const facts = [
    token === undefined ? undefined : `token "${token}"`,
    components === undefined ? undefined : `for ${components} alone`,
    jobsParallelism === undefined ? undefined : `${counted(jobsParallelism, 'job')} at a time`,
    createFence === undefined ? undefined : `createFence ${createFence}`,
    watch,
  ].flatMap((fact) => (fact === undefined ? [] : `, ${fact}`));
  const but = problem === undefined ? '' : `; but ${problem}`;
  return `project ${project.name} (${project.id})${spoken} at ${url}${facts.join('')}${but}`;
}

function componentsText(ids: readonly string[]): string {
  const left = ids.length - COMPONENTS_NAMED_MAX;
  return `${ids.slice(0, COMPONENTS_NAMED_MAX).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** @returns undefined if there is only one fence to choose. */
function createFenceText(
  chosen: CreateFence | undefined,
  jobs: { fences(what: { component: string }): readonly CreateFence[] },
): string | undefined {
  const [others = 'run-id', ...more] = jobs.fences({ component: '' });
  if (more.length === 0) return undefined;
  const [flows = others] = jobs.fences({ component: 'keboola.flow' });
  if (chosen !== undefined) return `"${chosen}"`;
  return flows === others ? `"${others}"` : `"${others}", "${flows}" for flows`;
}

/** Only errors of Keboola need advice: those about settings, or about a missing job API, say themselves what to do. */
function problemOf(
  { connection }: Keboola,
  error: unknown,
): Pick<ConnectionReport, 'problem' | 'advice' | 'unreachable'> {
  const problem = error instanceof Error ? error.message : String(error);
  if (!(error instanceof KeboolaError)) return { problem };
  if (error.kind === 'unauthorized') {
    const renew = `Make a new Storage token in Keboola (Settings, API Tokens). ${connection.tokenAdvice}`;
    return { problem, advice: error.isTokenUnknown ? `${TOKEN_UNKNOWN} ${renew} ${JOBS_WAIT}` : renew };
  }
  const advice = error.facts.obstacle ? {} : { advice: CHECK_ADDRESS };
  return { problem, ...advice, ...(error.isSilence && { unreachable: true }) };
}
