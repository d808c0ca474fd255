/** A file that cannot become a table: it is broken, too long, or lacks something. Its author has to fix it. */
export class UnusableTable extends Error {
  override readonly name = 'UnusableTable';
}
