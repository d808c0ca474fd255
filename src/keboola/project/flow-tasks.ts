import { z } from 'zod';
import type { WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';

/** A flow that has more is looked at by Keboola alone. */
const TASKS_MAX = 500;
const NAMED_MAX = 20;
const TOLD_MAX = 10;

const Flow = z.object({
  phases: z.array(z.unknown()),
  tasks: z.array(z.object({ id: z.union([z.string().min(1), z.number()]).transform(String) })).max(TASKS_MAX),
});

/** The ids of the tasks of a flow, by its content; undefined where it is none, or cannot be read. */
export function flowTaskIds(content: unknown): string[] | undefined {
  const flow = Flow.safeParse(content);
  return flow.success ? flow.data.tasks.map(({ id }) => id) : undefined;
}

/** Those tasks of a run that its flow does not have; none where its tasks are not known. */
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
