/**
 * A task that is lost on its way to a worker that starves comes again when its activity has timed out, after five minutes at
 * most. The clock of the test server does not leap over that: to the server the activity is under way.
 */
const HANG_MS = 400_000;

/** Settles when a workflow that should have ended by now is taken for one that never does. */
export async function hang(): Promise<{ result?: undefined; error: Error }> {
  return await new Promise((resolve) => {
    setTimeout(() => resolve({ error: new Error(`hangs for ${HANG_MS / 1_000} s`) }), HANG_MS).unref();
  });
}
