import { asSentence } from '../../job/text/as-sentence.js';

/** A project whose stack names no job service that we can speak to. */
export class NoJobApi extends Error {
  override readonly name = 'NoJobApi';

  constructor(connection: string, reason: string) {
    super(
      `Connection "${connection}": ${asSentence(reason)} Check the address of the connection: it is the one of your Keboola.`,
    );
  }
}
