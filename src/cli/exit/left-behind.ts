/** A failure, and what it leaves of the work that it has ended. It counts as the failure that it is. */
export class LeftBehind extends Error {
  /** @param left a sentence or two, without the failure. */
  constructor(left: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    super(`${words.replace(/\.$/, '')}. ${left}`, { cause });
    this.name = cause instanceof Error ? cause.name : 'Error';
  }
}
