/** One problem of an input, and where it is. */
export interface InputProblem {
  /** Dotted path, empty for the input as a whole. */
  path: string;
  message: string;
  /** A Storage token was found there; it may already be in a workflow's history. */
  leaksToken?: true;
}

export interface InputRules {
  /** Accepts values under a `#key` that Keboola has not encrypted. */
  allowPlainSecrets?: boolean;
}
