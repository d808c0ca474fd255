/** How long Keboola may take to answer a question. */
export const ANSWER_MS_MAX = 30_000;

/** How long Keboola may take to answer a request that must not be sent twice. Each API says why it takes so long. */
export const POST_MS_MAX = 90_000;

/** Time limit of an activity that sends such a request: what it asks before and after takes time, too. */
export const SENDING_MS_MAX = 120_000;
