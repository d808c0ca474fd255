import type { WhatToRun } from '../../job/create/creation.js';
import type { CreateFence } from '../../job/input.js';

const FLOWS = ['keboola.flow', 'keboola.orchestrator'];

/** A flow below a RunId of ours is probably missing from Keboola's own list, and its failed tasks cannot be rerun. */
export function queueFences({ component }: Pick<WhatToRun, 'component'>): readonly CreateFence[] {
  return FLOWS.includes(component) ? ['none', 'run-id', 'variable'] : ['run-id', 'none', 'variable'];
}
