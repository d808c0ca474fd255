import type { Project } from '../../fixture/schema.js';
import type { NotificationEvent, Subscription } from './subscription.js';

export const SUBSCRIPTIONS_MAX = 1_000;
/** How often expired subscriptions are removed; until then they are shown but get nothing. */
const PRUNED_EVERY_MS = 600_000;

/** Subscriptions of all projects. */
export class Subscriptions {
  readonly #subscriptions = new Map<string, Subscription>();

  get isEmpty(): boolean {
    return this.#subscriptions.size === 0;
  }

  isFull(nowMs: number): boolean {
    this.#prune(nowMs);
    return this.#subscriptions.size >= SUBSCRIPTIONS_MAX;
  }

  add(subscription: Subscription): void {
    this.#subscriptions.set(subscription.id, subscription);
  }

  find(project: Project, id: string, nowMs: number): Subscription | undefined {
    return this.ofProject(project, nowMs).find((one) => one.id === id);
  }

  /** The oldest first. */
  ofProject(project: Project, nowMs: number): Subscription[] {
    this.#prune(nowMs);
    return [...this.#subscriptions.values()].filter((one) => one.project === project);
  }

  /** The subscriptions that get an event of this instant. */
  hearing(project: Project, event: NotificationEvent, atMs: number): Subscription[] {
    return this.ofProject(project, atMs).filter(
      ({ event: wanted, createdAtMs, expiresAtMs = Infinity }) =>
        wanted === event && createdAtMs <= atMs && atMs < expiresAtMs,
    );
  }

  remove({ id }: Subscription): void {
    this.#subscriptions.delete(id);
  }

  /** Whether somebody deleted it. A subscription that merely expired still gets the events from before. */
  isRemoved(subscription: Subscription, nowMs: number): boolean {
    const { id, expiresAtMs = Infinity } = subscription;
    return nowMs < expiresAtMs && this.#subscriptions.get(id) !== subscription;
  }

  #prune(nowMs: number): void {
    for (const { id, expiresAtMs } of this.#subscriptions.values()) {
      const prunedAtMs = Math.ceil((expiresAtMs ?? Infinity) / PRUNED_EVERY_MS) * PRUNED_EVERY_MS;
      if (nowMs >= prunedAtMs) this.#subscriptions.delete(id);
    }
  }
}
