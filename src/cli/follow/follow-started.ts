import type { Started } from '../../client/start-workflow.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { asTypedHere } from '../command-name.js';
import { EXIT } from '../exit/exit-codes.js';
import type { FollowOptions } from '../options/follow-options.js';
import type { End } from '../text/end-text.js';
import type { Output } from '../text/output.js';
import { shortId } from '../text/short-id.js';
import { agoText } from '../text/time-text.js';
import { followToExit, type Tell } from './follow-to-exit.js';
import type { Followed } from './live.js';
import type { Begun } from './until-started.js';

/** Says what was started and, unless detached, follows it to its end. @returns the exit code. */
export async function followStarted<Result extends End>(
  { isStopping = false, ...started }: Begun<Followed<Result>>,
  output: Output,
  { detach, ...options }: FollowOptions & { onWarning?: 'accept' | 'fail' },
  tell?: Tell<Result>,
): Promise<number> {
  const { handle, attached, startTime } = started;
  output.say(
    `${attached ? `Attached to the run started ${agoText(startTime)}:` : 'Started'} ${shortId(handle.workflowId)}`,
  );
  if (!detach) return await followToExit(handle, output, { ...options, isStopping }, tell);
  tellDetached(started, output);
  return EXIT.success;
}

/** Prints the ids, and how to come back. */
function tellDetached({ handle, ...how }: Started<Pick<Followed<End>, 'workflowId' | 'runId'>>, output: Output): void {
  const { workflowId, runId } = handle;
  const text = [
    `workflow id  ${workflowId}`,
    `its run      ${runId ?? '-'} (Temporal's; Keboola's run id comes with the job)`,
    `watch it     keboola-temporal follow ${shellQuoted(workflowId)}`,
  ];
  output.result({ workflowId, runId, ...how }, asTypedHere(text.join('\n')));
}
