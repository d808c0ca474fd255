import type { PhaseInput, TaskInput } from './input.js';

/** Whether a task runs: neither the task nor its phase is switched off. */
export function isEnabled(phase: Pick<PhaseInput, 'enabled'>, task: Pick<TaskInput, 'enabled'>): boolean {
  return phase.enabled !== false && task.enabled !== false;
}
