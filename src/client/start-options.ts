import type { Client } from '@temporalio/client';
import type { OnObstacle } from './ask.js';
import type { JobHandle } from './handles/job-handle.js';
import type { PipelineHandle } from './handles/pipeline-handle.js';

export interface KeboolaClientOptions {
  client: Client;
  /** Default `keboola`. */
  taskQueue?: string;
  /** Lets plain values under a `#key` pass into history; a worker must allow them too. Default false. */
  allowPlainSecrets?: boolean;
  /** Hears why a question takes long, such as that Keboola does not answer. */
  onObstacle?: OnObstacle;
}

export interface StartOptions {
  /**
   * What to do when the configuration runs already: `attach` to it if it was started with the same input (default),
   * `queue` a second workflow whose job waits for Keboola's own lock, or `fail`.
   */
  ifRunning?: 'attach' | 'queue' | 'fail';
  /** Makes the workflow one of its own although the configuration is the same. */
  key?: string;
}

/** A job's workflow and how we came by it. */
export interface StartedJob {
  handle: JobHandle;
  attached: boolean;
  /** When the workflow was started, ISO 8601. */
  startTime: string;
}

export interface StartPipelineOptions {
  /** What to do when a pipeline of the name runs already: `attach` if it was started with the same input (default). */
  ifRunning?: 'attach' | 'fail';
  /** Makes the workflow one of its own although the name is the same. */
  key?: string;
}

/** A pipeline's workflow and how we came by it. */
export interface StartedPipeline {
  handle: PipelineHandle;
  attached: boolean;
  /** When the workflow was started, ISO 8601. */
  startTime: string;
}
