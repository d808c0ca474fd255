/** Keboola gave no usable answer to an exchange: a fact to wait on, not an error to fail with. */
export interface NoAnswer {
  kind: 'no-answer';
  message: string;
  /** The token was refused: waiting helps only if somebody renews it. */
  tokenRefused?: true;
  /** There is no job of ours by this id: none at all, or somebody else's. */
  noSuchJob?: true;
  retryAfterMs?: number;
  /** Keboola was not asked: our own request budget is used up for this long. It says nothing about Keboola. */
  deferredMs?: number;
}

/** Works also on answers of activities that have no `kind`. */
export function isNoAnswer(answer: unknown): answer is NoAnswer {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'no-answer';
}
