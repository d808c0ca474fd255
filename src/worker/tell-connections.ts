import type { LogLevel } from '@temporalio/worker';
import type { ConnectionReport } from '../job/questions.js';
import { asSentence } from '../job/text/as-sentence.js';
import { durationText } from '../job/text/time-text.js';
import type { Connection } from '../keboola/connection/connection.js';
import type { Badness, HealthNews } from '../keboola/http/connection-health.js';
import { reportText } from '../keboola/connection/connection-report.js';
import type { Tell } from './tell.js';

const AFFECTED: Record<Badness, string> = {
  'token-refused':
    'its jobs, including new ones, wait up to an hour for a token that Keboola accepts; then they fail with TokenRefused',
  'no-token':
    'its jobs, including new ones, wait up to a day for a token; if there never was one, new jobs fail at once',
  'no-answer': 'its jobs, including new ones, wait up to a day for an answer; what runs in Keboola goes on there',
};

/** Logs when a connection of a running worker becomes unhealthy, and when it has recovered. */
export function tellOfHealth(tell: Tell): (connection: Connection, news: HealthNews) => void {
  return (connection, news) => {
    if (news.quiet) return;
    const { name, origins, tokenAdvice } = connection;
    const facts = { connection: name };
    const head = `Keboola, connection ${name} (${origins.base.origin})`;
    if (news.kind === 'well') {
      tell('INFO', `${head}: well again, after ${durationText(news.afterMs)}; its jobs go on`, facts);
      return;
    }
    const advice = news.kind === 'token-refused' ? ` Renew the token. ${tokenAdvice}` : '';
    tell('WARN', `${head}: ${asSentence(news.message)} Until that is over, ${AFFECTED[news.kind]}.${advice}`, facts);
  };
}

/** Logs what the look at a connection has shown when the worker began. */
export function tellOfStart(tell: Tell, report: ConnectionReport): void {
  const { name, url, project, problem, advice = '', warnings = [] } = report;
  const say = (level: LogLevel, words: string): void =>
    tell(level, `Keboola, connection ${name}: ${words}`.trimEnd(), { connection: name });
  if (!project) say('ERROR', `cannot be used at ${url}: ${asSentence(reportText(report))} ${advice}`);
  else if (problem === undefined) say('INFO', reportText(report));
  else say('WARN', `${asSentence(reportText(report))} ${advice}`);
  for (const warning of warnings) say('WARN', warning);
}
