import type { OpenAnswer, OpenRequest, Transporter, TransferAnswer, TransferRequest } from '../http/exchange.js';
import { steadyMs } from '../http/steady-ms.js';
import { GIVEN_UP, statusOf } from './tallied-sender.js';
import type { Tally } from './tally.js';

/** Reports to the tally how many bytes of files are moved, and by which exchanges. */
export class TalliedTransporter implements Transporter {
  constructor(
    private readonly transporter: Transporter,
    private readonly tally: Pick<Tally, 'moved' | 'transferred'>,
  ) {}

  async transfer(request: TransferRequest): Promise<TransferAnswer> {
    const began = this.begin(request);
    try {
      const answer = await this.transporter.transfer(request);
      if (request.content) this.tally.moved('upload', request.content.byteLength);
      if (request.method === 'GET') this.tally.moved('download', answer.content.byteLength);
      began.end(String(answer.status), request.content?.byteLength ?? answer.content.byteLength);
      return answer;
    } catch (error) {
      began.end(began.statusOf(error));
      throw error;
    }
  }

  async open(request: OpenRequest): Promise<OpenAnswer> {
    const began = this.begin({ ...request, method: 'GET' });
    try {
      const answer = await this.transporter.open(request);
      return { ...answer, body: this.counted(answer, began) };
    } catch (error) {
      began.end(began.statusOf(error));
      throw error;
    }
  }

  private async *counted(answer: OpenAnswer, began: Begun): AsyncGenerator<Buffer, void> {
    let bytes = 0;
    // The default, which stays if the reader leaves early: then neither the end nor an error is reached here.
    let status = GIVEN_UP;
    try {
      for await (const piece of answer.body) {
        bytes += piece.byteLength;
        this.tally.moved('download', piece.byteLength);
        yield piece;
      }
      status = String(answer.status);
    } catch (error) {
      status = began.statusOf(error);
      throw error;
    } finally {
      began.end(status, bytes);
    }
  }

  private begin({ method, url, signal }: Pick<TransferRequest, 'method' | 'url' | 'signal'>): Begun {
    const startedMs = steadyMs();
    const end = (status: string, bytes = 0): void => {
      const durationSeconds = (steadyMs() - startedMs) / 1_000;
      this.tally.transferred({ method, host: url.host, status, bytes, durationSeconds });
    };
    return { end, statusOf: (error) => (signal?.aborted ? GIVEN_UP : statusOf(error)) };
  }
}

/** An exchange under way. */
interface Begun {
  end(status: string, bytes?: number): void;
  statusOf(error: unknown): string;
}
