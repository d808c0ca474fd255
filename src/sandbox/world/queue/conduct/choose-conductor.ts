import type { Configuration } from '../../../fixture/schema.js';
import type { Conductor } from '../../job-record.js';
import type { World } from '../../world.js';
import { JobRefused } from '../job-refused.js';
import type { QueueRequest, Submit } from '../new-queue-job.js';
import type { JobType } from '../queue-facts.js';
import { FlowConductor } from './flow-conductor.js';
import { flowContent } from './flow-content.js';
import { LegacyFlowConductor } from './legacy-flow-conductor.js';
import { RowsConductor } from './rows-conductor.js';

interface Asked {
  stored: Configuration | undefined;
  request: QueueRequest;
  parallelism: string | null;
  submit: Submit;
}

interface Conducted {
  type: JobType;
  conductor: Conductor;
}

/** The kind of container that a job is, if any; the server decides this, not the caller. @throws JobRefused */
export function chooseConductor(world: World, asked: Asked): Conducted | undefined {
  const { component } = asked.request;
  if (component === 'keboola.flow' || component === 'keboola.orchestrator') return flow(world, asked);
  const { stored, request, submit } = asked;
  const atOnce = atOnceOf(asked.parallelism);
  // Since 2026-03-10 a container needs at least two rows, counted before the request narrows them.
  const hasRows = request.configData === undefined && (stored?.rows.length ?? 0) >= 2;
  if (stored === undefined || atOnce === 0 || !hasRows) return undefined;
  return { type: 'container', conductor: new RowsConductor(world, { stored, request, atOnce, submit }) };
}

function flow(world: World, { stored, request, submit }: Asked): Conducted {
  const content = flowContent(request.configData ?? stored?.configuration ?? {});
  const unknown = request.onlyTaskIds?.find((asked) => !content.tasks.some(({ id }) => id === asked));
  if (unknown !== undefined) throw new JobRefused(`Task "${unknown}" is not in the configuration.`);
  const Kind = request.component === 'keboola.flow' ? FlowConductor : LegacyFlowConductor;
  return { type: 'orchestrationContainer', conductor: new Kind(world, { content, request, submit }) };
}

/** The most rows that run at a time: nobody gets more than 100. */
const AT_ONCE_MAX = 100;

function atOnceOf(parallelism: string | null): number {
  if (parallelism === 'infinity') return AT_ONCE_MAX;
  const count = Number(parallelism ?? 0);
  return Number.isInteger(count) ? Math.min(AT_ONCE_MAX, count) : 0;
}
