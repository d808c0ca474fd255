import type { VariableValues } from '../../job/input.js';
import { record } from '../../job/text/document-fields.js';

/** No configuration has a variable of this name by accident. */
const NAME = 'keboola_temporal_fence';

/**
 * A fence as the value of a variable that no configuration has. Keboola's public sources do not say whether it keeps,
 * drops or refuses such a variable; it was never tried on a live stack.
 */
export function fenceVariable(runId: string): VariableValues {
  return { values: [{ name: NAME, value: runId }] };
}

/** Whether a job shows the fence of this creation. */
export function showsFence(variableValuesData: unknown, runId: string): boolean {
  return fencesIn(variableValuesData).includes(runId);
}

/** Whether a job shows the fence of another creation. */
export function showsOtherFence(variableValuesData: unknown, runId: string): boolean {
  return fencesIn(variableValuesData).some((fence) => fence !== runId);
}

/** Whether a job shows values of variables other than the fence. */
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

/** Whether Keboola keeps fence variables, as far as this worker has seen since it started. */
export class VariablesKept {
  private kept: boolean | undefined;

  get known(): boolean | undefined {
    return this.kept;
  }

  seen(isKept: boolean): void {
    this.kept = isKept;
  }
}
