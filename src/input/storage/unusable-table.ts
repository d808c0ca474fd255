/** A file that cannot become a table: broken, too long, or without what it has to have. Its author has to mend it. */
export class UnusableTable extends Error {
  override readonly name = 'UnusableTable';
}
