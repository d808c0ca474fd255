/** Why a request is refused. It quotes nothing from the request. */
export class CodecRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
