/** Somebody has interrupted a command; the message says what is left of its work. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** @param exitCode of the signal. */
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}
