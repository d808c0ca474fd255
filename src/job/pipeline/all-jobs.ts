import type { PipelineInput, PipelineJob } from './input.js';

/** A job of a pipeline, and where its input is. */
export interface FoundJob {
  job: PipelineJob;
  /** Dotted path. */
  path: string;
}

/** The jobs of a checked pipeline, with those of the pipelines in it. */
export function allJobs(pipeline: PipelineInput, path = ''): FoundJob[] {
  return pipeline.phases.flatMap(({ tasks }, phase) =>
    tasks.flatMap((task, at) => {
      const here = `${path}phases.${phase}.tasks.${at}`;
      return task.job ? [{ job: task.job, path: `${here}.job` }] : allJobs(task.pipeline, `${here}.pipeline.`);
    }),
  );
}
