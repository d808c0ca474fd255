import type { NativeConnection } from '@temporalio/worker';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { findObstacle, mayPass, type Obstacle } from '../../temporal/obstacle.js';
import type { TemporalSettings } from '../../temporal/profile.js';
import { tellWorkerLog, type Tell } from '../../worker/tell.js';
import { obstacleText } from '../obstacle-text.js';
import { inOurWords } from '../temporal-refusal.js';
import { notWrittenWords, TemporalCannotWrite } from '../unreachable.js';
import { asSentence } from '../../job/text/as-sentence.js';

/** The state of Temporal and, if it is not well, the reason as far as it is known. */
export interface TemporalSeen {
  state: 'answers' | 'refuses' | 'cannot-write' | 'silent';
  /** For people; without a full stop if Temporal does not answer. */
  reason?: string;
}

/** A probe may not take longer than Kubernetes waits by default, which is a second. */
const ANSWER_MS_MAX = 800;
/**
 * A look opens connections of its own, up to three seconds each. A worker asks once a minute; a request that fails a
 * little sooner than the one before must not miss its look.
 */
const LOOK_EACH_MS = 60_000 - 2 * ANSWER_MS_MAX;
/** How soon to ask again if nothing was learned, for example because this machine was too busy to hear the answer. */
const AGAIN_MS = 5_000;
const SILENT = 'Temporal does not answer';

/** The id of a workflow that nobody ever starts. */
const NOBODYS = 'keboola-temporal/never-started';
/** Answers of a server that can look for the workflow, or that does not let us ask. */
const KNOWS: readonly (number | undefined)[] = [GRPC.notFound, GRPC.permissionDenied];
/** If Temporal cannot tell, the SDK retries for ten seconds and only then has Temporal's words. */
const WRITES_MS_MAX = 15_000;

/** What a probe needs of the worker's connection. */
export type Asked = Pick<NativeConnection, 'workflowService' | 'withDeadline'>;

/** Finds out what stands between us and Temporal. */
type Find = (settings: TemporalSettings) => Promise<Obstacle | undefined>;

const find: Find = ({ address, connectionOptions }) => findObstacle({ address, tls: connectionOptions.tls });

/**
 * Asks whether Temporal takes this worker, for the probes and for the log. If Temporal does not answer, the probe looks
 * for the reason, at most once a minute once it has found one, and the log reports each change: a certificate may
 * expire while the worker runs, and the SDK has no words for that.
 *
 * A Temporal whose disk is full still answers for its namespaces, but hands out no work. Only a question about a
 * workflow shows that, so the probe asks one once a minute, even if no job runs.
 */
export class TemporalProbe {
  private lookedAtMs = -Infinity;
  private obstacle: Obstacle | undefined;
  private isSilent = false;
  private askedWritesAtMs = -Infinity;
  private isAskingWrites = false;
  /** Why Temporal cannot write to its database; undefined if it can, or if nobody knows. */
  private notWritten: string | undefined;
  /** What the log was told last; undefined while Temporal answers. */
  private told: string | undefined;

  constructor(
    private readonly connection: Asked,
    private readonly settings: TemporalSettings,
    private readonly tell: Tell = tellWorkerLog,
    private readonly look: Find = find,
  ) {}

  /**
   * One small request. It asks for the namespace, because a server may answer other requests even to those it refuses.
   */
  async ask(): Promise<TemporalSeen> {
    const { namespace } = this.settings;
    try {
      await this.connection.withDeadline(Date.now() + ANSWER_MS_MAX, () =>
        this.connection.workflowService.describeNamespace({ namespace }),
      );
    } catch (error) {
      if (grpcCause(error)?.code !== GRPC.resourceExhausted) return this.notWell(error);
    }
    this.isSilent = false;
    this.obstacle = undefined;
    void this.askWrites().catch(() => undefined);
    if (this.notWritten !== undefined) {
      this.tellOnce(this.notWritten);
      return { state: 'cannot-write', reason: this.notWritten };
    }
    if (this.told !== undefined) this.tell('INFO', 'Temporal answers again');
    this.told = undefined;
    return { state: 'answers' };
  }

  private notWell(error: unknown): TemporalSeen {
    const known = inOurWords(error, this.settings);
    if (known !== error && known instanceof Error) {
      this.isSilent = false;
      this.obstacle = undefined;
      this.tellOnce(known.message);
      return { state: 'refuses', reason: known.message };
    }
    this.isSilent = true;
    void this.lookAgain().catch(() => undefined);
    return { state: 'silent', reason: this.silence };
  }

  /** Not awaited by the probe that asks: the next one reports it. While Temporal cannot write, every probe asks. */
  private async askWrites(): Promise<void> {
    const isDue = this.notWritten !== undefined || performance.now() - this.askedWritesAtMs >= LOOK_EACH_MS;
    if (this.isAskingWrites || !isDue) return;
    this.isAskingWrites = true;
    this.askedWritesAtMs = performance.now();
    const { namespace, address } = this.settings;
    const execution = { workflowId: NOBODYS };
    try {
      await this.connection.withDeadline(Date.now() + WRITES_MS_MAX, () =>
        this.connection.workflowService.describeWorkflowExecution({ namespace, execution }),
      );
    } catch (error) {
      const words = notWrittenWords(error);
      if (words !== undefined) this.cannotWrite(new TemporalCannotWrite(address, words).message);
      else if (KNOWS.includes(grpcCause(error)?.code)) this.notWritten = undefined;
      // After some minutes with a full disk, a server of 1.29 does not answer at all, which tells nothing new.
      else this.askedWritesAtMs = soonAgain();
    } finally {
      this.isAskingWrites = false;
    }
  }

  private cannotWrite(words: string): void {
    this.notWritten = words;
    // Tell it now: the next probe may be a minute away.
    if (!this.isSilent) this.tellOnce(words);
  }

  /** Not awaited by the probe that has failed: the next one reports it. */
  private async lookAgain(): Promise<void> {
    if (performance.now() - this.lookedAtMs < LOOK_EACH_MS) return;
    this.lookedAtMs = performance.now();
    const obstacle = await this.look(this.settings);
    if (!obstacle) this.lookedAtMs = soonAgain();
    // Temporal may have answered meanwhile.
    if (!this.isSilent) return;
    this.obstacle = obstacle;
    // One late answer is no news if nothing is in the way, nor while the disk is full. It is news that the last report
    // is outdated.
    const isNoMore = this.told !== undefined && this.notWritten === undefined;
    if (obstacle || isNoMore) this.tellOnce(this.silence);
  }

  private get silence(): string {
    if (!this.obstacle) return SILENT;
    const { reason, advice } = obstacleText(this.obstacle, this.settings);
    // Temporal has answered before, so that advice on starting a server would not help.
    return mayPass(this.obstacle) ? `${SILENT}: ${reason}` : `${SILENT}: ${asSentence(reason)} ${advice}`;
  }

  private tellOnce(words: string): void {
    if (words !== this.told) this.tell('WARN', words);
    this.told = words;
  }
}

/** A time of the last question after which the next one is due soon. */
function soonAgain(): number {
  return performance.now() - LOOK_EACH_MS + AGAIN_MS;
}
