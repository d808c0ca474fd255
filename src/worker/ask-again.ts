const INTERVAL_MS = 60_000;

/** Asks each minute, and never twice at once. Whoever asks tells of the answer; one that fails is asked for again. */
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
      // It is told by what was asked.
    } finally {
      this.isAsking = false;
    }
  }
}
