import type { FaultInput } from '../../../src/sandbox/index.js';

/** What becomes of a call, whichever it is. */
export type CallFault = Omit<FaultInput, 'route'>;

/** Without the minute that Queue v2 asks us to wait: a worker waits in real time, in which a server that leaps makes days. */
const MAINTENANCE: CallFault = { maintenance: true, headers: { 'retry-after': '0' } };

const html = '<html><body><h1>Oops</h1></body></html>';

export const READ_FAULTS: Record<string, CallFault> = {
  '500': { status: 500 },
  '500 without envelope': { status: 500, body: '' },
  '502 HTML': { status: 502, html },
  '503 maintenance': MAINTENANCE,
  '429 with Retry-After': { status: 429, headers: { 'retry-after': '1' } },
  '404': { status: 404 },
  '401': { status: 401 },
  'reset before': { reset: 'before' },
  'reset after': { reset: 'after' },
  'an empty body': { status: 200, body: '' },
  'half a document': { status: 200, body: '{"id": 1, "sta' },
  'the document of another job': { replaceBody: { id: 5, status: 'success', isFinished: true } },
  'a list': { replaceBody: [] },
  '9 MB': { bodyBytes: 9_000_000 },
};

/** Whether a wish to stop was heard is found out by a read alone. */
export const KILL_FAULTS: Record<string, CallFault> = {
  '400': { status: 400 },
  '404': { status: 404 },
  '500': { status: 500 },
  '502 HTML': { status: 502, html },
  '429': { status: 429, headers: { 'retry-after': '1' } },
  'reset before': { reset: 'before' },
  'reset after': { reset: 'after' },
  'an empty 202': { status: 202, body: '' },
};

export const LIST_FAULTS: Record<string, CallFault> = {
  'an empty list': { emptyList: true },
  '500': { status: 500 },
  '502 HTML': { status: 502, html },
  '503 maintenance': MAINTENANCE,
  'reset before': { reset: 'before' },
  'half a list': { status: 200, body: '[{"id": 1, ' },
  'no list at all': { replaceBody: { jobs: [] } },
};
