import type { CreateFence } from '../../job/input.js';
import type { ConnectionReport } from '../../job/questions.js';
import { KeboolaError } from '../http/keboola-error.js';
import { DIALECT_NAMES } from './dialect.js';
import type { Keboola } from '../keboola.js';

const CHECK_ADDRESS =
  'Check the address of the connection (KBC_URL): it is the one of your Keboola, for example https://connection.keboola.com.';
const TOKEN_UNKNOWN =
  'Nobody there knows the token: it is of another stack (see the address of the connection, KBC_URL), was deleted or has expired.';
/** As `src/job/wait/outage.ts` has it. */
const JOBS_WAIT = 'Jobs wait for it, new ones too: for an hour, then they fail.';

/** Looks whether a connection can be used, anew. Whatever is wrong is told, nothing is thrown. */
export async function reportOf(keboola: Keboola): Promise<ConnectionReport> {
  const { name, origins } = keboola.connection;
  const report = { name, url: origins.base.origin };
  try {
    const { id, name: projectName, tokenDescription } = await keboola.lookAnew();
    const token = tokenDescription === undefined ? {} : { token: tokenDescription };
    const api = DIALECT_NAMES[await keboola.dialect()];
    const { createFence: chosenFence } = keboola.connection;
    const createFence = createFenceText(chosenFence, await keboola.jobs());
    return {
      ...{ ...report, project: { id, name: projectName }, api, ...token },
      ...(createFence && { createFence }),
      ...(chosenFence && { chosenFence }),
    };
  } catch (error) {
    return { ...report, ...problemOf(keboola, error) };
  }
}

/** One line for people. */
export function reportText({ url, project, token, api, createFence, watch, problem }: ConnectionReport): string {
  if (!project) return problem ?? '';
  const byToken = token === undefined ? '' : `, token "${token}"`;
  const spoken = api === undefined ? '' : ` on ${api}`;
  const fence = createFence === undefined ? '' : `, createFence ${createFence}`;
  const watched = watch === undefined ? '' : `, ${watch}`;
  return `project ${project.name} (${project.id})${spoken} at ${url}${byToken}${fence}${watched}`;
}

/** Undefined where there is no choice. */
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

/** Errors about settings and about projects of the newer kind say themselves what to do. */
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
