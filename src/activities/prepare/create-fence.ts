import type { CreateFence } from '../../job/input.js';
import type { ResolvedInput } from '../../input/with-defaults.js';
import type { Keboola } from '../../keboola/keboola.js';
import { HAS_VARIABLES, hasRoomForVariable, NO_VARIABLE } from '../../keboola/jobs/variable-fence.js';

const NOT_KEPT = `${NO_VARIABLE} this project dropped a variable that no configuration defines`;

/** How this creation is told apart from others, and what its author must know about that. */
export interface FenceChoice {
  fence: CreateFence;
  warning?: string;
}

/**
 * Chooses how the job's creation is told apart from others: as its input says, else as its connection says, else as
 * suits the project. An earlier check made sure that the project has a way to do so.
 */
export async function createFenceOf(keboola: Keboola, wanted: ResolvedInput): Promise<FenceChoice> {
  const jobs = await keboola.jobs();
  const chosen = wanted.createFence ?? keboola.connection.createFence ?? jobs.fences(wanted)[0] ?? 'run-id';
  if (chosen !== 'variable') return { fence: chosen };
  const hasRoom = hasRoomForVariable(wanted) ?? (await keboola.components.variables(wanted)) === 'none';
  if (!hasRoom) return { fence: 'run-id', warning: HAS_VARIABLES };
  return jobs.keepsVariables?.() === false ? { fence: 'run-id', warning: NOT_KEPT } : { fence: 'variable' };
}
