import type {
  CallActionInput,
  ComponentList,
  DescribeWorkerInput,
  JobLogs,
  ListComponentsInput,
  QuestionName,
  Questions,
  ReadLogsInput,
  ReadRerunPlanInput,
  RerunPlan,
  ResolveConfigurationInput,
  Statistics,
  StatisticsInput,
  WorkerDescription,
} from '../job/questions.js';
import { ask, type Asking } from './ask.js';
import { hearWorkers, type HeardWorkers } from './hear-workers.js';
import { whichJob } from './which-job.js';

/** What can be asked of a project and of a worker: each question is a short workflow. */
export class QuestionClient {
  constructor(protected readonly asking: Asking) {}

  /** The components that have a configuration in the project. @throws what `callAction` throws. */
  async components(input: ListComponentsInput = {}): Promise<ComponentList> {
    return await this.ask('listComponents', input);
  }

  /**
   * Calls a synchronous action of a component and waits for its answer.
   *
   * @throws InvalidInputError before anything is sent; JobFailedError with a type of the closed list; NoWorkerError.
   */
  async callAction(input: CallActionInput): Promise<unknown> {
    return await this.ask('callAction', input);
  }

  /** What the worker serves that takes up the question. @throws what `callAction` throws. */
  async describeWorker(input: DescribeWorkerInput = {}): Promise<WorkerDescription> {
    return await this.ask('describeWorker', input);
  }

  /**
   * What each worker of the task queue serves, those apart that are `known`. Whichever is free answers a question, so a
   * few are asked, eight at most.
   *
   * @throws what `callAction` throws, where nobody is known and nobody answers.
   */
  async describeWorkers(input: DescribeWorkerInput = {}, known: WorkerDescription[] = []): Promise<HeardWorkers> {
    return await hearWorkers(this.asking, input, known);
  }

  /** For how long the jobs of a project have worked. @throws what `callAction` throws. */
  async statistics(input: StatisticsInput = {}): Promise<Statistics> {
    return await this.ask('readStatistics', input);
  }

  /** A stored configuration with its variables filled in. @throws what `callAction` throws. */
  async resolveConfiguration(input: ResolveConfigurationInput): Promise<unknown> {
    return await this.ask('resolveConfiguration', input);
  }

  /**
   * What is told of a job, by its workflow id or by Keboola's job id: its message and the latest events.
   *
   * @throws NoSuchJobError; what `callAction` throws.
   */
  async logs(id: string, options: Omit<ReadLogsInput, 'jobId'> = {}): Promise<JobLogs> {
    const job = await whichJob(this.asking.client, id, { ...options, of: 'log' });
    return await this.ask('readLogs', { ...job, ...options });
  }

  /**
   * What became of the tasks of a flow in one of its jobs, and which of them to run again, by its workflow id or by
   * Keboola's job id.
   *
   * @throws NoSuchJobError; what `callAction` throws, `InvalidInput` for a job that is that of no flow.
   */
  async rerunPlan(id: string, options: Omit<ReadRerunPlanInput, 'jobId'> = {}): Promise<RerunPlan> {
    const job = await whichJob(this.asking.client, id, { ...options, of: 'rerun plan' });
    return await this.ask('readRerunPlan', { ...job, ...options });
  }

  private ask<Name extends QuestionName>(
    name: Name,
    input: Questions[Name]['input'],
  ): Promise<Questions[Name]['answer']> {
    return ask(this.asking, name, input);
  }
}
