import { isLoopback } from '../../../input/address.js';
import { KeboolaError } from '../../../keboola/http/keboola-error.js';
import { singleHeader, type OpenAnswer, type Transporter } from '../../../keboola/http/exchange.js';
import type { FilesPlace } from '../../deps.js';
import { BrokenSource } from './broken-source.js';
import { FileProblem } from './file-problem.js';
import { isListed } from './import-hosts.js';

const SILENCE_MS_MAX = 60_000;
const REDIRECTS_MAX = 5;
/** The content type of a login or an error page, never of a table. */
const PAGE = /^(?:text\/html|application\/xhtml)/i;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Streams what an address answers. Redirects are followed to allowed hosts only.
 *
 * @throws FileProblem for a host that is not allowed and for an answer that is not a file; BrokenSource if the answer
 * is missing or incomplete.
 */
export async function* readAddress(
  http: Transporter,
  { importHosts = [] }: FilesPlace = {},
  address: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const { body, headers, url } = await opened(http, importHosts, address, signal);
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.byteLength;
      yield piece;
    }
  } catch (error) {
    throw error instanceof KeboolaError ? broken(url, error) : error;
  }
  const said = singleHeader(headers['content-length']);
  if (said === undefined || Number(said) === bytes) return;
  throw new BrokenSource(`${shown(url)} cannot be read: the answer is shorter than its Content-Length`);
}

async function opened(
  http: Transporter,
  hosts: readonly string[],
  address: string,
  signal: AbortSignal,
): Promise<OpenAnswer & { url: URL }> {
  let url = allowed(address, hosts, undefined);
  for (let turn = 0; turn <= REDIRECTS_MAX; turn++) {
    try {
      const answer = await http.open({ url, timeoutMs: SILENCE_MS_MAX, signal, alsoTaken: REDIRECTS });
      if (!REDIRECTS.includes(answer.status)) return { ...(await noPage(answer, url)), url };
      await ended(answer);
      url = allowed(singleHeader(answer.headers['location']) ?? '', hosts, url);
    } catch (error) {
      if (!(error instanceof KeboolaError)) throw error;
      if (error.isSilence) throw broken(url, error);
      throw new FileProblem(`${shown(url)} answered ${error.facts.status ?? 'no file'}`);
    }
  }
  throw new FileProblem(`${shown(url)} redirects more than ${REDIRECTS_MAX} times`);
}

/** Allows plain http only for a loopback address that the list of hosts names explicitly. */
function allowed(address: string, hosts: readonly string[], from: URL | undefined): URL {
  const url = URL.parse(address, from?.href);
  if (url === null || url.username !== '' || url.password !== '') {
    const what = from ? `${shown(from)} redirects to something that` : 'this';
    throw new FileProblem(`${what} is not the URL of a file`);
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (isSafe && isListed(url, hosts)) return url;
  const refused = from
    ? `${shown(from)} redirects to ${url.origin}, which this worker may not read from`
    : `this worker may not read from ${url.origin}`;
  throw new FileProblem(`${refused}; see KEBOOLA_IMPORT_HOSTS`);
}

/** Refuses a page: a site that asks for a login answers 200, too. */
async function noPage(answer: OpenAnswer, url: URL): Promise<OpenAnswer> {
  if (!PAGE.test(answer.contentType)) return answer;
  await ended(answer);
  throw new FileProblem(
    `${shown(url)} answered a page (${answer.contentType}) instead of a file; does it ask for a login?`,
  );
}

async function ended({ body }: OpenAnswer): Promise<void> {
  await body.next();
  await body.return();
}

/** A failure without a status is described by its reason; a status speaks for itself. */
function broken(url: URL, { facts: { status, reason } }: KeboolaError): BrokenSource {
  return new BrokenSource(`${shown(url)} cannot be read: ${status === undefined ? reason : `it answered ${status}`}`);
}

/** Leaves the query out, because it may contain a signature. */
function shown({ origin, pathname }: URL): string {
  return origin + pathname;
}
