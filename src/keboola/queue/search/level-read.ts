import type { JobView } from '../../../job/job-view.js';
import type { Pages } from './pages.js';

export interface Extent {
  /** About so many jobs are read at most. */
  max: number;
  /** A part of the tree is of no use: nothing more is asked for once not all can be had. */
  onlyWhole?: boolean;
}

/** Jobs of which the children are wanted. */
export interface Level extends Required<Extent> {
  /** Their run ids. */
  parents: readonly string[];
  /** What was read of the tree before, by job id. */
  known: ReadonlyMap<string, JobView>;
}

/** What was read so far of the jobs below a level. */
export class LevelRead {
  private readonly views = new Map<string, JobView>();
  private isWhole = true;

  constructor(private readonly level: Level) {}

  /** How many jobs may be read before there are too many. */
  get room(): number {
    return this.level.max - this.level.known.size - this.views.size;
  }

  /** Whatever else is read is of no use. */
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
