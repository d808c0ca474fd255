/** A question that the API of this project has no answer to, or none for a job like this. */
export class UnsupportedQuestion extends Error {
  override readonly name = 'UnsupportedQuestion';
}
