import { ask, type Asking, type OnObstacle } from './ask.js';
import { InvalidInputError, JobFailedError, NoWorkerError, unknownProjectWords } from './errors.js';
import type { OfConnection } from './of-connection.js';

/** A connection hardly ever changes its project, and each question is a workflow: a list that is watched asks often. */
const KNOWN_MS = 60_000;
/** Shorter, because a worker or Keboola may be back at any moment. */
const UNKNOWN_MS = 10_000;
/** The most connections that are remembered. */
const NAMES_MAX = 100;

interface Answer {
  of: Promise<OfConnection>;
  /** On a clock that nobody sets. */
  untilMs: number;
}

/** Which projects the connections lead to. Only workers know, so one is asked, and its answer is kept for a while. */
export class ConnectionProjects {
  private readonly answers = new Map<string, Answer>();
  private lastTold: string | undefined;

  /**
   * @param asked asks a worker.
   * @param tell is told why a project is unknown; the same reason is not repeated in a row.
   */
  constructor(
    private readonly asked: (name: string) => Promise<OfConnection>,
    private readonly tell: OnObstacle | undefined,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /**
   * For whoever goes on with a part of the workflows where the project is unknown, which is told.
   *
   * @throws what the question throws; nothing of that is kept.
   */
  async ofPart(name: string): Promise<OfConnection> {
    const of = await this.of(name);
    this.tellOnce(of.projectId === undefined ? unknownProjectWords(name, of.problem) : undefined);
    return of;
  }

  /** @throws what the question throws; nothing of that is kept. */
  async of(name: string): Promise<OfConnection> {
    const answer = this.answers.get(name);
    if (answer && this.nowMs() < answer.untilMs) return await answer.of;
    const of = this.asked(name);
    this.keep(name, { of, untilMs: Infinity });
    try {
      const { projectId } = await of;
      const keptMs = projectId === undefined ? UNKNOWN_MS : KNOWN_MS;
      this.keep(name, { of, untilMs: this.nowMs() + keptMs });
      return await of;
    } catch (error) {
      this.answers.delete(name);
      throw error;
    }
  }

  private keep(name: string, answer: Answer): void {
    this.answers.delete(name);
    const [oldest] = this.answers.keys();
    if (this.answers.size >= NAMES_MAX && oldest !== undefined) this.answers.delete(oldest);
    this.answers.set(name, answer);
  }

  private tellOnce(reason: string | undefined): void {
    if (reason !== undefined && reason !== this.lastTold) {
      this.tell?.(`${reason}; only workflows with the connection in their id are counted.`);
    }
    this.lastTold = reason;
  }
}

/**
 * Asks a worker which project a connection leads to. If no worker can tell, only the workflow ids that this client
 * gives are left to go by.
 *
 * @throws InvalidInputError for an invalid name; JobFailedError where the worker does not know the connection.
 */
export async function askConnection(asking: Asking, name: string): Promise<OfConnection> {
  try {
    const { connections } = await ask({ ...asking, onObstacle: undefined }, 'describeWorker', { connection: name });
    const { project, problem = 'the worker does not say' } = connections.find((one) => one.name === name) ?? {};
    return project ? { name, projectId: project.id } : { name, projectId: undefined, problem };
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    if (error instanceof JobFailedError && error.type === 'InvalidInput') throw error;
    if (!(error instanceof JobFailedError || error instanceof NoWorkerError)) throw error;
    return { name, projectId: undefined, problem: error.message };
  }
}
