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
 * Messages of OpenTelemetry's SDK itself. Others are not passed on: Node.js quotes a header that it refuses, and a
 * gateway writes anything.
 */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['Request timed out', 'it does not answer in time'],
  ['Export failed with retryable status', 'it answers that it cannot take them now'],
]);
const CODE_OF_NODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/**
 * Exports, and reports once when that fails and once when it works again; the SDK would report every batch.
 *
 * A failed batch is dropped. The SDK has retried it for ten seconds, and keeping more than the SDK's queue would cost
 * the worker memory for a fault of the collector.
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
        this.tell(isFailing, whyOf(result.error));
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

/** The kind of a failure: an HTTP status, an error code of Node.js, or that it could not be sent. */
function whyOf(error: (Error & { code?: unknown }) | undefined): string {
  const { code, message = '' } = error ?? {};
  if (typeof code === 'number') return `it answers ${code}`;
  if (typeof code === 'string' && CODE_OF_NODE.test(code)) return code;
  return SENTENCES.get(message) ?? 'they could not be sent';
}
