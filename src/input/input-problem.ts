/** One thing that is wrong with an input, and where. */
export interface InputProblem {
  /** Dotted path, empty for the input as a whole. */
  path: string;
  message: string;
  /** A Storage token was found there: by now it may be in a workflow's history. */
  leaksToken?: true;
}

export interface InputRules {
  /** Lets values under a `#key` pass although Keboola has not encrypted them. */
  allowPlainSecrets?: boolean;
}
