/** A question that the project's API cannot answer, or not for a job like this one. */
export class UnsupportedQuestion extends Error {
  override readonly name = 'UnsupportedQuestion';
}
