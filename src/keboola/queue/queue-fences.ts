import type { WhatToRun } from '../../job/create/creation.js';
import type { CreateFence } from '../../job/input.js';

const FLOWS = ['keboola.flow', 'keboola.orchestrator'];

/** A flow below a run id of ours is probably missing from Keboola's list, and its failed tasks cannot be run again. */
export function queueFences({ component }: Pick<WhatToRun, 'component'>): readonly CreateFence[] {
  return FLOWS.includes(component) ? ['none', 'run-id', 'variable'] : ['run-id', 'none', 'variable'];
}
