import { answerMessages } from '../answer-messages.js';
import { liveAndCloseJob } from '../live-and-close-job.js';
import { ambiguous } from '../create/ambiguous.js';
import { JobLife } from '../job-life.js';
import { NO_LIMIT_OF_STORAGE } from '../prepare/start-terms.js';
import { beforeStopAfterReset } from '../close-after-reset.js';
import { stopAll } from '../stop/stop-all.js';
import { soughtInStorage, traceOf } from './storage-creation.js';

/**
 * Runs a workflow of Storage. Storage can stop no job, so the job's time cannot be limited, and a cancellation leaves
 * the job running.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function liveStorage<Result>(
  input: unknown,
  carried: unknown,
  run: (life: JobLife) => Promise<Result>,
): Promise<Result> {
  const life = new JobLife(input, carried);
  answerMessages(life, { timeouts: 'refused' });
  return await liveAndCloseJob(life, {
    run: () => run(life),
    onCancel: async () => {
      await beforeStopAfterReset(life, { sought: () => soughtInStorage(life) });
      await stopAll(life);
      requireNoneUnseen(life);
    },
    insteadOfTimeouts: NO_LIMIT_OF_STORAGE,
  });
}

/** A job of a given-up creation may run, and nobody can stop it. @throws ApplicationFailure `CreateAmbiguous`. */
function requireNoneUnseen({ state }: JobLife): void {
  const [runId] = state.givenUp;
  if (state.created || runId === undefined) return;
  throw ambiguous({ runId, trace: traceOf(runId) }, 'the workflow was canceled before it repeated the request');
}
