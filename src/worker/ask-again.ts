const INTERVAL_MS = 60_000;

/** Calls `ask` each minute, also after a failure, but never twice at once. `ask` itself reports the answer. */
export class AskAgain {
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;

  constructor(private readonly ask: () => Promise<unknown>) {}

  begin(): void {
    this.timer ??= setInterval(() => void this.once(), INTERVAL_MS).unref();
  }

  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async once(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.ask();
    } catch {
      // `ask` has reported it.
    } finally {
      this.isAsking = false;
    }
  }
}
