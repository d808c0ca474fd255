import { workflowIdFor } from '../../client/workflow-id.js';
import { whatToRun } from '../../job/create/creation.js';
import { fenceFor } from '../../job/create/fence.js';
import { DEFAULT_CONNECTION, type RunJobInput } from '../../job/input.js';
import { joinRunId } from '../../job/run-id.js';
import { problemsText } from '../../input/check-input.js';
import { previewCreate } from '../../keboola/preview.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';

/** Prints what `run` would send for a checked input, without the token and without asking anybody. */
export function dryRun({ output, settings }: Context, input: RunJobInput, key: string | undefined): number {
  const { connection = DEFAULT_CONNECTION, parentRunId } = input;
  const runId = joinRunId(parentRunId, fenceFor('example of a workflow run id', 1));
  const { problems, ...request } = previewCreate({ ...whatToRun(input), connection, runId });
  const plan = {
    workflow: { type: 'runJob', id: workflowIdFor(input, key), taskQueue: settings.taskQueue, input },
    request,
    notes: [
      "The fence, the last segment of X-KBC-RunId, is drawn from the workflow's run id; this one is an example.",
      "The worker takes the path from the component list; this one is guessed from the component's name.",
      ...(problems.length === 0 ? [] : [`If the guess is right, the worker refuses this: ${problemsText(problems)}`]),
    ],
  };
  const text = [
    `workflow  ${plan.workflow.id}  (type runJob, task queue ${plan.workflow.taskQueue})`,
    `request   ${request.method} ${request.path}`,
    ...Object.entries(request.headers).map(([name, value]) => `          ${name}: ${value}`),
    `          ${JSON.stringify(request.body)}`,
    ...plan.notes,
  ];
  output.result(plan, text.join('\n'));
  return EXIT.success;
}
