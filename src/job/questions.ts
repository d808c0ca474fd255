/** The contracts of the short workflows: each asks Keboola one thing and returns the answer. */

import type { CreateFence, VariableValues } from './input.js';

/** An action is called no more often than this, because somebody is waiting for the answer. */
export const CALLS_MAX = 10;
/** Most events of a job that are returned. */
export const LOG_LINES_MAX = 200;

/** What every such workflow takes. */
interface Question {
  /** Name of a Keboola project known to the worker. Default `default`. */
  connection?: string;
}

/** The contract of `listComponents`. */
export interface ListComponentsInput extends Question {
  /** Only components whose id, name or type contains this text, ignoring case. */
  filter?: string;
  /** Only components of this type: `extractor`, `writer`, `transformation`, `application`, … */
  type?: string;
}

/** The components that have a configuration in the project. */
export interface ComponentList {
  components: ComponentEntry[];
  /** The list was too long: descriptions, then configurations, then components were left out. */
  truncated?: true;
}

export interface ComponentEntry {
  id: string;
  /** Empty if Keboola does not say. */
  type: string;
  name: string;
  description?: string;
  /** Where the component runs, as Keboola gives it. */
  uri: string;
  /** `native`: an application of its own. `docker`: runs in the application of that name; `uri` says which. */
  kind: 'native' | 'docker';
  /** The component's synchronous actions, if it has any. */
  actions?: string[];
  /** Absent if the token may not list them. */
  configurations?: ConfigurationEntry[];
}

export interface ConfigurationEntry {
  id: string;
  name: string;
  description?: string;
  version?: number;
  /** UTC, ISO 8601. */
  created?: string;
}

/** The contract of `readStatistics`. With days it reports on these days only, without them on all time. */
export interface StatisticsInput extends Question {
  /** First day, `2016-05-15`. */
  fromDate?: string;
  /** Last day, inclusive. */
  toDate?: string;
  /** The time zone in which days begin, such as `+02:00`. Default `+00:00`. */
  timezoneOffset?: string;
}

/** How long the project's jobs have worked, orchestrations left out. */
export interface Statistics {
  durationSeconds: number;
  /** Only days that had jobs. */
  days?: { date: string; durationSeconds: number }[];
}

/** The contract of `resolveConfiguration`. */
export interface ResolveConfigurationInput extends Question {
  component: string;
  config: string;
  /** Default: the current version. */
  version?: number;
  branchId?: string;
  /** Id of stored values for the configuration's variables. */
  variableValuesId?: string;
  /** Values for the configuration's variables. */
  variableValuesData?: VariableValues;
}

/** The contract of `readLogs`. */
export interface ReadLogsInput extends Question {
  /** Keboola's id of the job. */
  jobId: string;
  /** How many of the latest events to return; 1 to 200. Default 20. */
  limit?: number;
}

/** What a job said: its own last message, and the Storage events that it and the jobs below it have written. */
export interface JobLogs {
  jobId: string;
  runId: string;
  status: string;
  component: string;
  config?: string;
  message?: string;
  exceptionId?: string;
  /** The job in Keboola's API, at the configured origin; reading it needs a token. */
  url: string;
  /** The job's page in Keboola, for people. */
  page: string;
  /** The oldest first. */
  events: LogLine[];
  /** Why the events could not be read, if that is so. */
  eventsMissing?: string;
}

/** The contract of `readRerunPlan`. */
export interface ReadRerunPlanInput extends Question {
  /** Keboola's id of the job of a flow. */
  jobId: string;
}

/** How the flow's present tasks fared in one job of the flow, and which of them to run again. */
export interface RerunPlan {
  /** The connection that the job belongs to; absent for `default`. */
  connection?: string;
  jobId: string;
  status: string;
  component: string;
  config?: string;
  /** Absent in the main branch, and if it is not known which branch that is. */
  branchId?: string;
  /** The branch that the job shows, if it is not known whether that is the main one. */
  shownBranchId?: string;
  /** What the job shows that may have been passed to it, by `runJob`'s input fields: pass it again. */
  given?: GivenToJob[];
  /**
   * 500 at most; of more, those that have not succeeded come first. Empty if Keboola cannot match any. For a job
   * that was to run only some tasks, only those, if the job shows them.
   */
  tasks: PlannedTask[];
  /**
   * The tasks among these that have not succeeded or not run, for a `runJob` of the same flow. Absent while the job
   * runs, if no tasks are listed, and for a flow whose tasks cannot be run alone.
   */
  flowTasks?: string[];
  /** There are more tasks than are listed. */
  truncated?: true;
}

/** Inputs that change a run beside its configuration; a rerun must be given them again. */
export type GivenToJob = 'variableValuesId' | 'variableValuesData' | 'configData' | 'mode';

/** One task of a flow, with the job that it had; for a task that has not run, only its id. */
export interface PlannedTask {
  id: string;
  status?: string;
  jobId?: string;
  component?: string;
  config?: string;
}

/** One Storage event. */
export interface LogLine {
  /** UTC, ISO 8601; empty where Keboola gives none. */
  time: string;
  /** `info`, `success`, `warn` or `error`. */
  type: string;
  component: string;
  message: string;
  /** Run id of the job that wrote the event, which may be a job below. */
  runId?: string;
}

/** The contract of `callAction`. */
export interface CallActionInput extends Question {
  component: string;
  /** For example `testConnection`. */
  action: string;
  /** The whole configuration, because a stored one is not read. Default: an empty one. */
  configData?: Record<string, unknown>;
  branchId?: string;
  /** Most calls of the action, which is called again only if the caller did nothing wrong; 1 to 10. Default 1. */
  attempts?: number;
}

/** The contract of `describeWorker`: whichever worker picks it up describes one connection or all. */
export type DescribeWorkerInput = Question;

/** A worker as it sees itself. */
export interface WorkerDescription {
  /** Process and machine, `4711@host`. */
  identity: string;
  /** The Keboola projects in which the worker runs jobs. */
  connections: ConnectionReport[];
  /** How many more connections the worker has, which were not checked. */
  connectionsLeft?: number;
}

/** What a connection leads to, checked a moment ago. */
export interface ConnectionReport {
  name: string;
  /** Storage's URL. */
  url: string;
  /** Present if the connection can be used. */
  project?: { id: string; name: string };
  /** The token's description; never the token itself. */
  token?: string;
  /** The only components that the token may run, if it may not run all; of many, the first ones. */
  components?: string;
  /** How many jobs may run in the project at the same time, if the project says so. */
  jobsParallelism?: number;
  /** The job API of the project: `Queue v2` or the older one. */
  api?: string;
  /** How creations are told apart there, if there is more than one way. */
  createFence?: string;
  /** The way that the connection's settings choose, if they do. */
  chosenFence?: CreateFence;
  /** How the worker watches the project for the ends of its jobs, if that is wanted. */
  watch?: string;
  /** What the connection cannot do all the same, one sentence each that says what to do. */
  warnings?: string[];
  /** Why the connection cannot be used, if it cannot; together with a project, why most jobs are refused. */
  problem?: string;
  /** What to do about the problem, if its text does not say so itself. */
  advice?: string;
  /** Nothing answered at the URL. */
  unreachable?: true;
}

/** The short workflows by type, each with its input and its answer. */
export interface Questions {
  listComponents: { input: ListComponentsInput; answer: ComponentList };
  readStatistics: { input: StatisticsInput; answer: Statistics };
  /** The configuration as Keboola returns it. */
  resolveConfiguration: { input: ResolveConfigurationInput; answer: unknown };
  readLogs: { input: ReadLogsInput; answer: JobLogs };
  readRerunPlan: { input: ReadRerunPlanInput; answer: RerunPlan };
  /** The component's own answer, any JSON. */
  callAction: { input: CallActionInput; answer: unknown };
  describeWorker: { input: DescribeWorkerInput; answer: WorkerDescription };
}

export type QuestionName = keyof Questions;
