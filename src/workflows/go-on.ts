import { makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import type { CarriedAttributes } from './carried-attributes.js';

/**
 * Whether this run goes on from another one, so that the state it was given is one that we wrote; a client could pass
 * anything. A retry is no such run, although Temporal links it in the same way and gives it the input of the run that has
 * failed, state included: it begins anew.
 */
export function goesOnFromAnotherRun(): boolean {
  const { attempt, continuedFromExecutionRunId } = workflowInfo();
  return continuedFromExecutionRunId !== undefined && attempt === 1;
}

/** Goes on in a new run of the same workflow. Memo is lost unless it is handed on; search attributes stay, unless others are given. */
export async function goOn(input: unknown, state: object, { kept }: CarriedAttributes): Promise<never> {
  type Same = (input: unknown, carried: object) => Promise<unknown>;
  const options = { memo: workflowInfo().memo ?? {}, ...(kept && { typedSearchAttributes: kept }) };
  return await makeContinueAsNewFunc<Same>(options)(input, state);
}
