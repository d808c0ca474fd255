import { ApplicationFailure, CancelledFailure, makeContinueAsNewFunc } from '@temporalio/workflow';

type Any = (input: unknown, carried: unknown) => Promise<unknown>;

/** Goes on as one of ours does after a long wait, without the wait, and with any state. */
export async function goesOnAs(workflowType: string, input: unknown, carried: unknown): Promise<never> {
  return await makeContinueAsNewFunc<Any>({ workflowType })(input, carried);
}

/** Ends with a cancellation though nobody has cancelled it, as where something below it was. */
export function endsAsIfCancelled(): Promise<never> {
  return Promise.reject(new CancelledFailure('something below'));
}

export function endsWith(result: unknown, failsAs?: string): Promise<unknown> {
  return failsAs === undefined
    ? Promise.resolve(result)
    : Promise.reject(ApplicationFailure.nonRetryable('', failsAs, result));
}
