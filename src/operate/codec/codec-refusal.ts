/** Why a request is not answered. It quotes nothing of it. */
export class CodecRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
