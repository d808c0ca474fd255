/** A file on the worker's side that cannot be what was meant: nobody mends it by trying again. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}
