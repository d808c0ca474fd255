/** The contracts of the short workflows: each asks Keboola one thing and returns the answer. */

import type { CreateFence, VariableValues } from './input.js';

/** Of every such workflow. */
interface Question {
  /** Name of a Keboola project known to the worker. Default `default`. */
  connection?: string;
}

/** The contract of `listComponents`. */
export interface ListComponentsInput extends Question {
  /** Only those whose id, name or type contains this text; upper and lower case are alike. */
  filter?: string;
  /** Only those of this type: `extractor`, `writer`, `transformation`, `application`, … */
  type?: string;
}

/** The components that have a configuration in the project. */
export interface ComponentList {
  components: ComponentEntry[];
  /** Too many to be told whole: descriptions, then configurations, then components were left out. */
  truncated?: true;
}

export interface ComponentEntry {
  id: string;
  /** Empty where Keboola does not say. */
  type: string;
  name: string;
  description?: string;
  /** Where it runs, as Keboola says it. */
  uri: string;
  /** `native` has an application of its own, `docker` runs in the application of that name; the `uri` says which. */
  kind: 'native' | 'docker';
  /** Its synchronous actions, where it has some. */
  actions?: string[];
  /** Absent where the token may not list them. */
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

/** The contract of `readStatistics`. With days it tells of these days alone, without them of all time. */
export interface StatisticsInput extends Question {
  /** First day, `2016-05-15`. */
  fromDate?: string;
  /** Last day, that day included. */
  toDate?: string;
  /** Where a day begins, `+02:00`. Default `+00:00`. */
  timezoneOffset?: string;
}

/** For how long jobs of the project have worked, orchestrations left out. */
export interface Statistics {
  durationSeconds: number;
  /** Only days that had jobs. */
  days?: { date: string; durationSeconds: number }[];
}

/** The contract of `resolveConfiguration`. */
export interface ResolveConfigurationInput extends Question {
  component: string;
  config: string;
  /** Default: the present one. */
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
  /** How many events, the latest; 1 to 200. Default 20. */
  limit?: number;
}

/** What is told of a job: its own last word, and what it and the jobs below it have written into Storage's events. */
export interface JobLogs {
  jobId: string;
  runId: string;
  status: string;
  component: string;
  config?: string;
  message?: string;
  exceptionId?: string;
  /** The job in Keboola's API, at the configured origin: it wants a token. */
  url: string;
  /** The job's page in Keboola, for people. */
  page: string;
  /** The oldest first. */
  events: LogLine[];
  /** Why there are no events, where they could not be had. */
  eventsMissing?: string;
}

/** The contract of `readRerunPlan`. */
export interface ReadRerunPlanInput extends Question {
  /** Keboola's id of the job of a flow. */
  jobId: string;
}

/** What became in one job of a flow of the tasks that the flow has now, and which of them are to be run again. */
export interface RerunPlan {
  /** Whose job it is; absent for `default`. */
  connection?: string;
  jobId: string;
  status: string;
  component: string;
  config?: string;
  /** Absent in the main branch, and where it is not known which one that is. */
  branchId?: string;
  /** The branch that the job shows, where it is not known whether that is the main one. */
  shownBranchId?: string;
  /** What the job shows that may have been given to it, by the names of `runJob`'s input: give it again. */
  given?: GivenToJob[];
  /**
   * 500 at most; of more those first that have not succeeded. None where Keboola cannot match any. Of a job that was to run
   * some tasks alone only those, where it shows them.
   */
  tasks: PlannedTask[];
  /**
   * Of these tasks those that have not succeeded, or not run, for a `runJob` of the same flow. Absent while the job runs,
   * where no tasks are told, and for a flow whose tasks cannot be run alone.
   */
  flowTasks?: string[];
  /** There are more tasks than are listed. */
  truncated?: true;
}

/** What changes a run beside its configuration, and whoever runs it again must give again. */
export type GivenToJob = 'variableValuesId' | 'variableValuesData' | 'configData' | 'mode';

/** One task of a flow, with the job that it had; a task that has not run has only its id. */
export interface PlannedTask {
  id: string;
  status?: string;
  jobId?: string;
  component?: string;
  config?: string;
}

/** One event of Storage. */
export interface LogLine {
  /** UTC, ISO 8601; empty where Keboola gives none. */
  time: string;
  /** `info`, `success`, `warn` or `error`. */
  type: string;
  component: string;
  message: string;
  /** Of the job that has written it; it may be one below. */
  runId?: string;
}

/** The contract of `callAction`. */
export interface CallActionInput extends Question {
  component: string;
  /** For example `testConnection`. */
  action: string;
  /** The whole configuration; a stored one is not read. Default: an empty one. */
  configData?: Record<string, unknown>;
  branchId?: string;
  /** How often the action is called at most, where it fails by no mistake of the caller's; 1 to 10. Default 1. */
  attempts?: number;
}

/** The contract of `describeWorker`: asks whichever worker takes it up, of one connection or of all. */
export type DescribeWorkerInput = Question;

/** A worker, as it sees itself. */
export interface WorkerDescription {
  /** Process and machine, `4711@host`. */
  identity: string;
  /** The Keboola projects that it runs jobs in. */
  connections: ConnectionReport[];
  /** How many more connections it has, which were not looked at. */
  connectionsLeft?: number;
}

/** What a connection leads to, asked a moment ago. */
export interface ConnectionReport {
  name: string;
  /** Storage's address. */
  url: string;
  /** Where it can be used. */
  project?: { id: string; name: string };
  /** What the token's owner calls it; never the token. */
  token?: string;
  /** The only components that the token may run, where it may not run all; the first of many. */
  components?: string;
  /** How many jobs may run there at the same time, where the project says so. */
  jobsParallelism?: number;
  /** Which of Keboola's job APIs is spoken there, `Queue v2` or the older one. */
  api?: string;
  /** By what creations are told from others there, where there is more than one way. */
  createFence?: string;
  /** The way that the connection chooses, where it does. */
  chosenFence?: CreateFence;
  /** How it is watched for the ends of its jobs, where that is wanted. */
  watch?: string;
  /** What cannot be done by it all the same, each a sentence that says what to do. */
  warnings?: string[];
  /** Why it cannot be used, where that is so; beside a project, why most jobs are refused. */
  problem?: string;
  /** What to do about it, where the problem does not say so itself. */
  advice?: string;
  /** Nobody answered there. */
  unreachable?: true;
}

/** The short workflows by their types, each with its input and its answer. */
export interface Questions {
  listComponents: { input: ListComponentsInput; answer: ComponentList };
  readStatistics: { input: StatisticsInput; answer: Statistics };
  /** The configuration as Keboola answers it. */
  resolveConfiguration: { input: ResolveConfigurationInput; answer: unknown };
  readLogs: { input: ReadLogsInput; answer: JobLogs };
  readRerunPlan: { input: ReadRerunPlanInput; answer: RerunPlan };
  /** The component's own answer, any JSON. */
  callAction: { input: CallActionInput; answer: unknown };
  describeWorker: { input: DescribeWorkerInput; answer: WorkerDescription };
}

export type QuestionName = keyof Questions;
