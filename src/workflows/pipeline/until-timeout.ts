import { CancellationScope, sleep } from '@temporalio/workflow';

interface Limit {
  timeoutMs: number | undefined;
  /** What operators read at the timer; that of a scope with a timeout says nothing. */
  summary: string;
}

/** Does something in a scope of its own, and cancels that when the time is up. */
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
