import { workflowIdFor } from '../../client/workflow-id.js';
import { problemsText } from '../../input/find-problems.js';
import type { InputProblem } from '../../input/input-problem.js';
import { whatToRun } from '../../job/create/creation.js';
import { fenceFor } from '../../job/create/fence.js';
import { DEFAULT_CONNECTION, type RunJobInput } from '../../job/input.js';
import { joinRunId } from '../../job/run-id.js';
import { compact } from '../../job/text/document-fields.js';
import { DIALECT_NAMES, type Dialect } from '../../keboola/connection/dialect.js';
import { previewCreate } from '../../keboola/preview.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { fenceInForce, fenceNote } from './fence-in-force.js';
import { whichApi } from './which-api.js';

const NOT_ASKED =
  'Keboola was not asked: whether it has this component and configuration shows when the job is created.';

/** Options of a dry run. */
export interface DryRunOptions {
  key?: string;
  /** The job API to show the request for. Default: the one that the project is on. */
  api?: Dialect;
}

/**
 * Prints what `run` would send for a checked input, without the token. Keboola is not asked, at most a worker is.
 *
 * @returns the exit code: that of a refused input if the worker is known to refuse it.
 */
export async function dryRun(context: Context, input: RunJobInput, { key, api }: DryRunOptions): Promise<number> {
  const { output, settings } = context;
  const { chosenFence, ...known } = await whichApi(context, api);
  const { dialect, how, why } = known;
  const { connection = DEFAULT_CONNECTION, parentRunId, createFence } = input;
  const runId = joinRunId(parentRunId, fenceFor('example of a workflow run id', 1));
  const wanted = createFence ?? chosenFence;
  const creation = compact({ ...whatToRun(input), connection, runId, parentRunId, createFence: wanted });
  const { problems, guessed, fence: preview, ...request } = previewCreate(creation, dialect);
  const fence = fenceInForce(preview, { byInput: createFence, byConnection: chosenFence, isKnown: how === 'told' });
  // An assumed API is a guess, too: a project on the other API may accept what this one refuses.
  const ifAssumed = how === 'assumed' ? `If the project is on ${DIALECT_NAMES[dialect]}, the` : undefined;
  const ifGuessed = ifAssumed ?? (guessed === undefined ? undefined : 'If the guess is right, the');
  const plan = {
    workflow: { type: 'runJob', id: workflowIdFor(input, key), taskQueue: settings.taskQueue, input },
    api: { name: DIALECT_NAMES[dialect], how, why },
    request,
    fence,
    notes: [
      ...(preview.note === undefined ? [] : [preview.note]),
      ...(preview.problem ? refusalNotes([preview.problem], ifAssumed) : [fenceNote(preview.way, parentRunId)]),
      ...(guessed === undefined ? [] : [guessed]),
      ...refusalNotes(problems, ifGuessed),
      NOT_ASKED,
    ],
  };
  const text = [
    `workflow  ${plan.workflow.id}  (type runJob, task queue ${plan.workflow.taskQueue})`,
    `api       ${plan.api.name}: ${why}`,
    `request   ${request.method} ${request.path}`,
    ...Object.entries(request.headers).map(([name, value]) => `          ${name}: ${value}`),
    `          ${JSON.stringify(request.body)}`,
    `fence     ${fence.way}: ${fence.why}; ${fence.proves}`,
    ...plan.notes,
  ];
  output.result(plan, text.join('\n'));
  const isRefused =
    (preview.problem !== undefined && ifAssumed === undefined) || (problems.length > 0 && ifGuessed === undefined);
  return isRefused ? EXIT.usage : EXIT.success;
}

function refusalNotes(problems: InputProblem[], subject = 'The'): string[] {
  if (problems.length === 0) return [];
  return [`${subject} worker refuses this: ${problemsText(problems)}`];
}
