import { CancellationScope, sleep } from '@temporalio/workflow';

interface Limit {
  timeoutMs: number | undefined;
  /** What operators read at the timer. The SDK's own timer of a scope with a timeout says nothing. */
  summary: string;
}

/** Does the work in the given scope, and cancels that scope when the time is up. */
export async function untilTimeout<T>(scope: CancellationScope, limit: Limit, work: () => Promise<T>): Promise<T> {
  const { timeoutMs, summary } = limit;
  if (timeoutMs === undefined) return await scope.run(work);
  const timer = new CancellationScope();
  void timer
    .run(() => sleep(timeoutMs, { summary }))
    .then(
      () => scope.cancel(),
      () => undefined,
    );
  try {
    return await scope.run(work);
  } finally {
    timer.cancel();
  }
}
