/** What a place for files has said. It is none of Keboola's answers, so that nothing of it reads as one. */
interface StoreFacts {
  method: string;
  /** Path only, as of any address. */
  path: string;
  reason: string;
  storeStatus?: number;
  /** What the place calls it, such as `AccessDenied`. */
  storeCode?: string;
}

/**
 * A place for files refuses what Keboola has handed out a moment ago, or answers what it should not. That says nothing about our
 * token, which does not go there, and nothing about Keboola.
 */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';

  constructor(
    words: string,
    readonly facts: StoreFacts,
  ) {
    super(words);
  }
}
