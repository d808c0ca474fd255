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

/** Questions about a project or a worker. Each question runs as a short workflow. */
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

  /** Describes whichever worker takes up the question, and what it serves. @throws what `callAction` throws. */
  async describeWorker(input: DescribeWorkerInput = {}): Promise<WorkerDescription> {
    return await this.ask('describeWorker', input);
  }

  /**
   * Describes the workers of the task queue and what they serve; those in `known` need not be heard again. Any free
   * worker answers a question, so several questions are asked, eight at most.
   *
   * @throws what `callAction` throws, if no worker is known and none answers.
   */
  async describeWorkers(input: DescribeWorkerInput = {}, known: WorkerDescription[] = []): Promise<HeardWorkers> {
    return await hearWorkers(this.asking, input, known);
  }

  /** How long the jobs of a project have run in total. @throws what `callAction` throws. */
  async statistics(input: StatisticsInput = {}): Promise<Statistics> {
    return await this.ask('readStatistics', input);
  }

  /** A stored configuration with its variables filled in. @throws what `callAction` throws. */
  async resolveConfiguration(input: ResolveConfigurationInput): Promise<unknown> {
    return await this.ask('resolveConfiguration', input);
  }

  /**
   * Reads the log of a job: its message and its latest events.
   *
   * @param id the workflow id, or Keboola's job id.
   * @throws NoSuchJobError; what `callAction` throws.
   */
  async logs(id: string, options: Omit<ReadLogsInput, 'jobId'> = {}): Promise<JobLogs> {
    const job = await whichJob(this.asking, id, { ...options, of: 'log' });
    return await this.ask('readLogs', { ...job, ...options });
  }

  /**
   * Reads how the tasks of a flow ended in one of its jobs, and which of them to run again.
   *
   * @param id the job's workflow id, or Keboola's job id.
   * @throws NoSuchJobError; what `callAction` throws, with `InvalidInput` if the job is not a flow's.
   */
  async rerunPlan(id: string, options: Omit<ReadRerunPlanInput, 'jobId'> = {}): Promise<RerunPlan> {
    const job = await whichJob(this.asking, id, { ...options, of: 'rerun plan' });
    return await this.ask('readRerunPlan', { ...job, ...options });
  }

  private ask<Name extends QuestionName>(
    name: Name,
    input: Questions[Name]['input'],
  ): Promise<Questions[Name]['answer']> {
    return ask(this.asking, name, input);
  }
}
