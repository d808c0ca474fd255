import { leafKinds } from '../../input/pipeline/kinds.js';
import { isRecord } from '../../input/find-problems.js';

/** What the command line says about a pipeline; the file wins. */
export interface PipelineDefaults {
  connection: string | undefined;
  parentRunId: string | undefined;
}

/** Adds the defaults of the command line to a pipeline. Nothing in it is checked yet, so it may be anything. */
export function adaptPipeline(value: unknown, { connection, parentRunId }: PipelineDefaults): unknown {
  if (!isRecord(value)) return value;
  const adapted = connection === undefined ? value : withConnection(value, connection, 0);
  return parentRunId === undefined ? adapted : { parentRunId, ...adapted };
}

/** Deeper pipelines are refused anyway. */
const DEPTH_MAX = 20;

function withConnection(pipeline: Record<string, unknown>, connection: string, depth: number): Record<string, unknown> {
  const { phases } = pipeline;
  if (!Array.isArray(phases) || depth > DEPTH_MAX) return pipeline;
  const adapted = phases.map((phase: unknown) => {
    if (!isRecord(phase) || !Array.isArray(phase['tasks'])) return phase;
    return { ...phase, tasks: phase['tasks'].map((task: unknown) => taskIn(task, connection, depth)) };
  });
  return { ...pipeline, phases: adapted };
}

function taskIn(task: unknown, connection: string, depth: number): unknown {
  if (!isRecord(task)) return task;
  const { pipeline } = task;
  const leaves = leafKinds.flatMap(([kind]) => {
    const input = task[kind];
    return isRecord(input) ? [[kind, { connection, ...input }]] : [];
  });
  return {
    ...task,
    ...Object.fromEntries(leaves),
    ...(isRecord(pipeline) && { pipeline: withConnection(pipeline, connection, depth + 1) }),
  };
}
