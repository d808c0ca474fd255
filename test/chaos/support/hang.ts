/**
 * A task that is lost on its way to a worker that starves comes again when its activity has timed out, after five minutes at
 * most. The clock of the test server does not leap over that: to the server the activity is under way.
 */
const HANG_MS = 400_000;
const HANGS = 'hangs for';

/** Settles when a workflow that should have ended by now is taken for one that never does. */
export async function hang(): Promise<{ result?: undefined; error: Error }> {
  return await new Promise((resolve) => {
    setTimeout(() => resolve({ error: new Error(`${HANGS} ${HANG_MS / 1_000} s`) }), HANG_MS).unref();
  });
}

/** Whoever hangs more often hangs in each case, and the sweep would be over before it could tell of any. */
const HANGS_MAX = 2;

/** Plays cases one after another, until the second that hangs; it is wrong, so that what is left out counts for nobody. */
export async function inTurn<Case, Played>(
  cases: readonly Case[],
  play: (one: Case) => Promise<Played>,
  told: (played: Played) => string,
): Promise<Played[]> {
  const all: Played[] = [];
  for (const one of cases) {
    all.push(await play(one));
    if (all.filter((played) => told(played).startsWith(HANGS)).length >= HANGS_MAX) break;
  }
  return all;
}
