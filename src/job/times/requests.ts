/** How long Keboola may take to answer a question. */
export const ANSWER_MS_MAX = 30_000;

/** How long it may take to answer what must not be sent twice. Each API says why it takes so long. */
export const POST_MS_MAX = 90_000;

/** How long an activity has that sends such a thing: what it asks before and after takes its time, too. */
export const SENDING_MS_MAX = 120_000;
