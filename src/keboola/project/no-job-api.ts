/** A project whose jobs nobody can be asked for: its stack names no service for them that we speak. */
export class NoJobApi extends Error {
  override readonly name = 'NoJobApi';

  constructor(connection: string, reason: string) {
    super(`Connection "${connection}": ${reason}. Check the address of the connection: it is the one of your Keboola.`);
  }
}
