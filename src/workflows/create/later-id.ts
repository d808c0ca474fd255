import { placeOf } from '../../job/run-plan.js';
import { drawId } from '../activities.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';
import { CERTAIN_MS } from './search-window.js';

/**
 * An id that is drawn once the POST of a creation can no longer be at work. An index that shows a job above this id has
 * come further than the creation. Ids are compared, because two clocks may differ by any time.
 */
export class LaterId {
  private id: string | undefined;
  private sentUntilMs: number | undefined;
  private cannotBeDrawn = false;

  constructor(private readonly life: JobLife) {}

  /** The POST was sent now, or may have been. */
  sent(): void {
    this.sentUntilMs = this.life.time.now();
    this.id = undefined;
  }

  /** Called between searches, also if only a run before a reset has sent the POST. */
  async draw(): Promise<void> {
    const nowMs = this.life.time.now();
    this.sentUntilMs ??= nowMs;
    if (this.cannotBeDrawn || this.id !== undefined || nowMs - this.sentUntilMs < CERTAIN_MS) return;
    const drawn = await orNoAnswer(() => drawId(placeOf(this.life.plan)));
    if (drawn.kind === 'no-answer') return;
    this.id = drawn.id;
    this.cannotBeDrawn = drawn.id === undefined;
  }

  get known(): { laterId?: string } {
    return this.id === undefined ? {} : { laterId: this.id };
  }
}
