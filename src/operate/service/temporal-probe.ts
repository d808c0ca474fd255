import type { NativeConnection } from '@temporalio/worker';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { findObstacle, mayPass, type Obstacle } from '../../temporal/obstacle.js';
import type { TemporalSettings } from '../../temporal/profile.js';
import { tellWorkerLog, type Tell } from '../../worker/tell.js';
import { obstacleText } from '../obstacle-text.js';
import { inOurWords } from '../temporal-refusal.js';
import { notWrittenWords, TemporalCannotWrite } from '../unreachable.js';

/** How Temporal does, and why it does not do well where that is known. */
export interface TemporalSeen {
  state: 'answers' | 'refuses' | 'cannot-write' | 'silent';
  /** For people, without a full stop where it does not answer. */
  reason?: string;
}

/** A probe may not wait longer than Kubernetes does by default, which is a second. */
const ANSWER_MS_MAX = 800;
/**
 * A look takes connections of its own, up to three seconds each. A worker asks each minute; one request may fail sooner than
 * the one before it has, and is not to miss its look for that.
 */
const LOOK_EACH_MS = 60_000 - 2 * ANSWER_MS_MAX;
/** So soon it is asked again where nothing was learned, as where this machine was too busy to hear the answer. */
const AGAIN_MS = 5_000;
const SILENT = 'Temporal does not answer';

/** A workflow that nobody ever starts. */
const NOBODYS = 'keboola-temporal/never-started';
/** What it answers that can look for the workflow, or does not let us ask. */
const KNOWS: readonly (number | undefined)[] = [GRPC.notFound, GRPC.permissionDenied];
/** The SDK asks again for ten seconds where Temporal cannot tell, and has its words only then. */
const WRITES_MS_MAX = 15_000;

/** What a probe needs of the worker's connection. */
export type Asked = Pick<NativeConnection, 'workflowService' | 'withDeadline'>;

/** Finds out what stands between us and Temporal. */
type Find = (settings: TemporalSettings) => Promise<Obstacle | undefined>;

const find: Find = ({ address, connectionOptions }) => findObstacle({ address, tls: connectionOptions.tls });

/**
 * Asks whether Temporal takes this worker, for the probes and for the log. Where it does not answer it is looked for why, once a minute at
 * most where that was learned, and the log tells of each change: a certificate may end while the worker runs, which the SDK has no words for.
 *
 * A Temporal whose disk is full goes on answering for its namespaces, and hands out no work. Only what is asked about a workflow shows
 * that, so it is asked about one, once a minute, also where no job runs.
 */
export class TemporalProbe {
  private lookedAtMs = -Infinity;
  private obstacle: Obstacle | undefined;
  private isSilent = false;
  private askedWritesAtMs = -Infinity;
  private isAskingWrites = false;
  /** Why it cannot write into its database; undefined where it can, or nobody knows. */
  private notWritten: string | undefined;
  /** What the log was told last; undefined while Temporal answers. */
  private told: string | undefined;

  constructor(
    private readonly connection: Asked,
    private readonly settings: TemporalSettings,
    private readonly tell: Tell = tellWorkerLog,
    private readonly look: Find = find,
  ) {}

  /** One small request; by the namespace, because a server may answer others also to whom it refuses. */
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

  /** Not awaited by the probe that asks: the next one tells of it. While it cannot write it is asked as often as there are probes. */
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
      // After some minutes with a full disk a server of 1.29 has no answer at all, which tells nothing new.
      else this.askedWritesAtMs = soonAgain();
    } finally {
      this.isAskingWrites = false;
    }
  }

  private cannotWrite(words: string): void {
    this.notWritten = words;
    // The next probe may be a minute away.
    if (!this.isSilent) this.tellOnce(words);
  }

  /** Not awaited by the probe that has failed: the next one tells of it. */
  private async lookAgain(): Promise<void> {
    if (performance.now() - this.lookedAtMs < LOOK_EACH_MS) return;
    this.lookedAtMs = performance.now();
    const obstacle = await this.look(this.settings);
    if (!obstacle) this.lookedAtMs = soonAgain();
    // Meanwhile it may have been heard.
    if (!this.isSilent) return;
    this.obstacle = obstacle;
    // One answer that is late, with nothing in the way, is no news, nor amid a full disk; that what was told is so no more is.
    const isNoMore = this.told !== undefined && this.notWritten === undefined;
    if (obstacle || isNoMore) this.tellOnce(this.silence);
  }

  private get silence(): string {
    if (!this.obstacle) return SILENT;
    const { reason, advice } = obstacleText(this.obstacle, this.settings);
    // How to start a server is of no use to whom it has answered before.
    return mayPass(this.obstacle) ? `${SILENT}: ${reason}` : `${SILENT}: ${reason}. ${advice}`;
  }

  private tellOnce(words: string): void {
    if (words !== this.told) this.tell('WARN', words);
    this.told = words;
  }
}

/** When what is asked each minute would have been asked last, to be asked again soon. */
function soonAgain(): number {
  return performance.now() - LOOK_EACH_MS + AGAIN_MS;
}
