import { InvalidInputError } from '../../client/errors.js';
import { workflowIdFor } from '../../client/workflow-id.js';
import { fenceFor } from '../../job/fence.js';
import type { RunJobInput } from '../../job/input.js';
import { joinRunId } from '../../job/run-id.js';
import { checkRunJobInput } from '../../keboola/input.js';
import { runRoute } from '../../keboola/syrup/run-route.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';

/** Prints what `run` would send, without the token and without asking anybody. */
export function dryRun({ output, settings }: Context, input: RunJobInput, key: string | undefined): Promise<number> {
  const check = checkRunJobInput(input);
  if (!check.ok) throw new InvalidInputError(check.problems);
  const { connection = 'default', component, parentRunId } = check.value;
  const runId = joinRunId(parentRunId, fenceFor('example of a workflow run id', 1));
  const route = runRoute({ ...check.value, connection, component, runId }, guessedUri(component));
  const plan = {
    workflow: {
      type: 'runJob',
      id: workflowIdFor(check.value, key),
      taskQueue: settings.taskQueue,
      input: check.value,
    },
    request: {
      method: 'POST',
      path: route.path,
      headers: { 'X-StorageApi-Token': '(of the worker)', 'X-KBC-RunId': runId },
      body: route.body,
    },
    notes: [
      "The fence, the last segment of X-KBC-RunId, is drawn from the workflow's run id; this one is an example.",
      "The worker takes the path from the component list; this one is guessed from the component's name.",
    ],
  };
  const { request } = plan;
  const text = [
    `workflow  ${plan.workflow.id}  (type runJob, task queue ${plan.workflow.taskQueue})`,
    `request   ${request.method} ${request.path}`,
    ...Object.entries(request.headers).map(([name, value]) => `          ${name}: ${value}`),
    `          ${JSON.stringify(request.body)}`,
    ...plan.notes,
  ];
  output.result(plan, text.join('\n'));
  return Promise.resolve(EXIT.success);
}

/** Docker components carry a vendor's name before a dot; native applications do not. */
function guessedUri(component: string): string {
  return `https://syrup/${component.includes('.') ? 'docker/' : ''}${encodeURIComponent(component)}`;
}
