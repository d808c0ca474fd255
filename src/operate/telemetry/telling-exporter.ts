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

/** Sentences of OpenTelemetry's SDK itself. No other message is told: Node.js quotes a header that it refuses, and a gateway writes its own. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['Request timed out', 'it does not answer in time'],
  ['Export failed with retryable status', 'it answers that it cannot take them now'],
]);
const CODE_OF_NODE = /^[A-Z][A-Z0-9_]{0,63}$/;

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

/** The kind of a failure: a status of HTTP, a code of Node.js, or that it could not be sent. */
function whyOf(error: (Error & { code?: unknown }) | undefined): string {
  const { code, message = '' } = error ?? {};
  if (typeof code === 'number') return `it answers ${code}`;
  if (typeof code === 'string' && CODE_OF_NODE.test(code)) return code;
  return SENTENCES.get(message) ?? 'they could not be sent';
}
