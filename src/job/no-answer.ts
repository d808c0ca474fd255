/** Keboola gave no usable answer to an exchange: a fact to wait on, not an error to fail with. */
export interface NoAnswer {
  kind: 'no-answer';
  message: string;
  /** The token was refused: waiting helps only if somebody renews it. */
  tokenRefused?: true;
  retryAfterMs?: number;
  /** Keboola was not asked: our own budget of requests is used up for so long. It says nothing about Keboola. */
  deferredMs?: number;
}
