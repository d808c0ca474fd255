import { z } from 'zod';
import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';

/** The tasks of a larger flow are not checked here but left to Keboola. */
const TASKS_MAX = 500;
const NAMED_MAX = 20;
const TOLD_MAX = 10;

const Flow = z.object({
  phases: z.array(z.unknown()),
  tasks: z.array(z.object({ id: z.union([z.string().min(1), z.number()]).transform(String) })).max(TASKS_MAX),
});

/** The ids of a flow's tasks; undefined if the content is not a flow, or cannot be read. */
export function flowTaskIds(content: unknown): string[] | undefined {
  const flow = Flow.safeParse(content);
  return flow.success ? flow.data.tasks.map(({ id }) => id) : undefined;
}

/** The tasks that a run asks for and its flow lacks; none if the flow's tasks are unknown. */
export function missingTasks(
  { config, flowTasks = [] }: WhatToRun,
  known: readonly string[] | undefined,
): InputProblem[] {
  if (known === undefined) return [];
  const ids = new Set(known);
  return flowTasks
    .flatMap((task, at) => {
      if (ids.has(task)) return [];
      const message = `flow "${config ?? ''}" has no task "${task}".${didYouMean(nearestId(task, known))} ${listed(known)}`;
      return [{ path: `flowTasks.${at}`, message }];
    })
    .slice(0, TOLD_MAX);
}

function listed(known: readonly string[]): string {
  if (known.length === 0) return 'It has none.';
  const more = known.length > NAMED_MAX ? ` and ${known.length - NAMED_MAX} more` : '';
  const named = known.slice(0, NAMED_MAX).map((id) => `"${id}"`);
  return `Its tasks: ${named.join(', ')}${more}.`;
}
