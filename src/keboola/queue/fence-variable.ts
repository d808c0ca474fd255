import type { VariableValues } from '../../job/input.js';
import { record } from '../../job/text/document-fields.js';

/** No configuration has a variable of this name but on purpose. */
const NAME = 'keboola_temporal_fence';

/**
 * A fence as the value of a variable that no configuration has. Whether Keboola keeps such a one, drops it or refuses it, its
 * public sources do not say; it was never tried on a live stack.
 */
export function fenceVariable(runId: string): VariableValues {
  return { values: [{ name: NAME, value: runId }] };
}

/** Whether a job shows it. */
export function showsFence(variableValuesData: unknown, runId: string): boolean {
  const values = record(variableValuesData)?.['values'];
  return Array.isArray(values) && values.some((value) => isFence(record(value), runId));
}

function isFence(value: Record<string, unknown> | undefined, runId: string): boolean {
  return value?.['name'] === NAME && value['value'] === runId;
}

/** What was seen of such variables since the worker has started. */
export class VariablesKept {
  private kept: boolean | undefined;

  get known(): boolean | undefined {
    return this.kept;
  }

  seen(isKept: boolean): void {
    this.kept = isKept;
  }
}
