/** Heartbeat details of an activity that is about to send, or has sent, a request that must not be sent twice. */
export const SENDING = { sending: true } as const;

export function saysSending(details: unknown): boolean {
  return typeof details === 'object' && details !== null && 'sending' in details && details.sending === true;
}
