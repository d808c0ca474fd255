/** What a file store (S3, Azure, GCS) answered; named so that nobody takes it for an answer of Keboola. */
interface StoreFacts {
  method: string;
  /** Path only, without host and query, as for all addresses. */
  path: string;
  reason: string;
  storeStatus?: number;
  /** The store's own error code, such as `AccessDenied`. */
  storeCode?: string;
}

/**
 * A file store refuses the credentials that Keboola has just issued, or answers something unexpected. That says nothing
 * about our token, which is never sent there, and nothing about Keboola.
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
