/** A question that the API of this project has no answer to, whatever is asked. */
export class UnsupportedQuestion extends Error {
  override readonly name = 'UnsupportedQuestion';
}
