import type { JobView } from '../../../job/job-view.js';
import type { Pages } from './pages.js';

export interface Extent {
  /** About how many jobs are read at most. */
  max: number;
  /** Part of the tree is of no use: stop asking once it cannot be read completely. */
  onlyWhole?: boolean;
}

/** Jobs whose children are wanted. */
export interface Level extends Required<Extent> {
  /** The jobs' RunIds. */
  parents: readonly string[];
  /** The jobs of the tree that were read before, by job id. */
  known: ReadonlyMap<string, JobView>;
}

/** Collects the jobs below a level. */
export class LevelRead {
  private readonly views = new Map<string, JobView>();
  private isWhole = true;

  constructor(private readonly level: Level) {}

  /** How many more jobs may be read. */
  get room(): number {
    return this.level.max - this.level.known.size - this.views.size;
  }

  /** Whether reading more is of no use. */
  get isEnough(): boolean {
    return this.room <= 0 || (this.level.onlyWhole && !this.isWhole);
  }

  get pages(): Pages {
    return { views: [...this.views.values()], isWhole: this.isWhole && this.room > 0 };
  }

  take({ views, isWhole }: Pages): void {
    const fresh = views.filter(({ jobId }) => !this.level.known.has(jobId));
    for (const view of fresh) this.views.set(view.jobId, view);
    this.isWhole &&= isWhole;
  }
}
