/** A file on the worker's side that cannot be the one the author meant: trying again does not help. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}
