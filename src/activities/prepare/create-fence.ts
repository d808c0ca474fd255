import type { CreateFence } from '../../job/input.js';
import type { ResolvedInput } from '../../input/with-defaults.js';
import type { Keboola } from '../../keboola/keboola.js';
import { HAS_VARIABLES, hasRoomForVariable, NO_VARIABLE } from '../../keboola/jobs/variable-fence.js';

const NOT_KEPT = `${NO_VARIABLE} this project did not keep a variable that no configuration has`;

/** By what a creation is told from others, and what its author has to know of it. */
export interface FenceChoice {
  fence: CreateFence;
  warning?: string;
}

/**
 * By what the job's creation is to be told from others: as its input says, or its connection, or as fits the project. That
 * there is such a way was looked at before.
 */
export async function createFenceOf(keboola: Keboola, wanted: ResolvedInput): Promise<FenceChoice> {
  const jobs = await keboola.jobs();
  const chosen = wanted.createFence ?? keboola.connection.createFence ?? jobs.fences(wanted)[0] ?? 'run-id';
  if (chosen !== 'variable') return { fence: chosen };
  const hasRoom = hasRoomForVariable(wanted) ?? (await keboola.components.variables(wanted)) === 'none';
  if (!hasRoom) return { fence: 'run-id', warning: HAS_VARIABLES };
  return jobs.keepsVariables?.() === false ? { fence: 'run-id', warning: NOT_KEPT } : { fence: 'variable' };
}
