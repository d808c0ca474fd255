/** What an exporter answers, as OpenTelemetry's SDK has it: 0 is success. */
interface Exported {
  code: number;
  error?: Error;
}

interface Exports<Item> {
  export(items: Item[], done: (result: Exported) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}

const SUCCESS = 0;

/**
 * Exports, and tells when that fails and when it works again, each once: the SDK would tell of every batch.
 *
 * A batch that has failed is over. The SDK has tried it again for ten seconds, and more than it keeps of what comes meanwhile
 * would be a worker's memory for a collector's fault.
 */
export class TellingExporter<Item> {
  private isFailing = false;

  constructor(
    private readonly exporter: Exports<Item>,
    private readonly tell: (isFailing: boolean, why: string) => void,
  ) {}

  export(items: Item[], done: (result: Exported) => void): void {
    this.exporter.export(items, (result) => {
      const isFailing = result.code !== SUCCESS;
      if (isFailing !== this.isFailing) {
        this.isFailing = isFailing;
        this.tell(isFailing, result.error?.message ?? 'no reason given');
      }
      done({ code: SUCCESS });
    });
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }
}
