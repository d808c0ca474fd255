import type { OpenAnswer, OpenRequest, Transporter, TransferAnswer, TransferRequest } from '../http/exchange.js';
import type { Tally } from './tally.js';

/** Tells how many bytes of files are moved. */
export class TalliedTransporter implements Transporter {
  constructor(
    private readonly transporter: Transporter,
    private readonly tally: Pick<Tally, 'moved'>,
  ) {}

  async transfer(request: TransferRequest): Promise<TransferAnswer> {
    const answer = await this.transporter.transfer(request);
    if (request.content) this.tally.moved('upload', request.content.byteLength);
    if (request.method === 'GET') this.tally.moved('download', answer.content.byteLength);
    return answer;
  }

  async open(request: OpenRequest): Promise<OpenAnswer> {
    const answer = await this.transporter.open(request);
    return { ...answer, body: this.counted(answer.body) };
  }

  private async *counted(body: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
    for await (const piece of body) {
      this.tally.moved('download', piece.byteLength);
      yield piece;
    }
  }
}
