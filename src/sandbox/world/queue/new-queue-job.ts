import type { Project, Token } from '../../fixture/schema.js';
import type { Script } from '../../fixture/script-schema.js';
import type { JsonObject } from '../../json.js';
import type { Job } from '../job-record.js';
import type { World } from '../world.js';
import type { QueueFacts } from './queue-facts.js';

/** What a caller, a flow or a container asks for; what they leave out is resolved. */
export interface QueueRequest {
  component: string;
  config?: string | undefined;
  configRowIds?: readonly string[] | undefined;
  configData?: JsonObject | undefined;
  mode?: string | undefined;
  tag?: string | undefined;
  branchId?: string | undefined;
  variableValuesId?: string | undefined;
  variableValuesData?: JsonObject | undefined;
  backend?: { type?: string | undefined; context?: string | undefined } | undefined;
  executor?: string | undefined;
  parallelism?: string | undefined;
  delayedStartMs?: number | undefined;
  onlyTaskIds?: readonly string[] | undefined;
}

type Placed =
  'type' | 'onError' | 'orchestrationJobId' | 'orchestrationTaskId' | 'orchestrationPhaseId' | 'previousJobId';

/** Where a job stands among others: set by flows, containers and, partly, by callers. */
export type Placing = { [K in Placed]?: QueueFacts[K] | undefined };

export interface NewQueueJob {
  project: Project;
  token: Token;
  request: QueueRequest;
  placing?: Placing;
  runIdPrefix: string | undefined;
  parent?: Job['parent'];
  /** Overrides the script that the request resolves to. */
  script?: Script;
  /** Overrides the conductor that the configuration calls for. */
  conductor?: Job['conductor'];
  /** The job excludes no other job, because it is part of a job that does. */
  hasOwnLock?: boolean;
  /** Whether the job may begin; asked each time the daemon looks at it. */
  mayBegin?: () => boolean;
}

/** Creates a job below another one. Undefined when that is impossible: the caller counts it as failed. */
export type Submit = (world: World, asked: NewQueueJob) => Job | undefined;
