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
  return fencesIn(variableValuesData).includes(runId);
}

/** Whether a job shows that of another creation. */
export function showsOtherFence(variableValuesData: unknown, runId: string): boolean {
  return fencesIn(variableValuesData).some((fence) => fence !== runId);
}

/** Whether a job shows values besides. */
export function showsValues(variableValuesData: unknown): boolean {
  return valuesIn(variableValuesData).some((value) => record(value)?.['name'] !== NAME);
}

function fencesIn(variableValuesData: unknown): unknown[] {
  return valuesIn(variableValuesData).flatMap((value) =>
    record(value)?.['name'] === NAME ? [record(value)?.['value']] : [],
  );
}

function valuesIn(variableValuesData: unknown): unknown[] {
  const values: unknown = record(variableValuesData)?.['values'];
  return Array.isArray(values) ? values : [];
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
