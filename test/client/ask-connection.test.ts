import { expect, it } from 'vitest';
import { ConnectionProjects } from '../../src/client/ask-connection.js';
import type { OfConnection } from '../../src/client/of-connection.js';

interface Asked {
  projects: ConnectionProjects;
  /** The names that a worker was asked about. */
  asked: string[];
  told: string[];
  pass: (seconds: number) => void;
}

/** @param answers one after the other, the last one again and again; a text is the worker's problem. */
function asking(...answers: (string | { project: string } | Error)[]): Asked {
  const [asked, told]: string[][] = [[], []];
  let nowMs = 0;
  const ask = (name: string): Promise<OfConnection> => {
    const answer = answers[Math.min((asked ?? []).length, answers.length - 1)];
    asked?.push(name);
    if (answer instanceof Error) return Promise.reject(answer);
    if (typeof answer === 'string') return Promise.resolve({ name, projectId: undefined, problem: answer });
    return Promise.resolve({ name, projectId: answer?.project });
  };
  const projects = new ConnectionProjects(
    ask,
    (words) => told?.push(words),
    () => nowMs,
  );
  return { projects, asked: asked ?? [], told: told ?? [], pass: (seconds) => (nowMs += 1_000 * seconds) };
}

const KNOWN = { project: '1134' };

it('a list that is looked at every two seconds asks a worker for the project once a minute', async () => {
  const { projects, asked, told, pass } = asking(KNOWN);
  for (let look = 0; look < 60; look += 1) {
    expect(await projects.of('eu')).toEqual({ name: 'eu', projectId: '1134' });
    pass(2);
  }
  expect([asked.length, told]).toEqual([2, []]);
});

it('a project that no worker can tell is asked for again soon, and told of once', async () => {
  const { projects, asked, told, pass } = asking('no answer.');
  for (let look = 0; look < 30; look += 1) {
    expect(await projects.ofPart('eu')).toMatchObject({ projectId: undefined, problem: 'no answer.' });
    pass(2);
  }
  expect([asked.length, told]).toEqual([
    6,
    [
      'No worker could tell which project connection "eu" leads to (no answer); ' +
        'only workflows with the connection in their id are counted.',
    ],
  ]);
});

it('a project that becomes unknown again is told of again, and so is another reason', async () => {
  const { projects, told, pass } = asking('asleep', KNOWN, 'asleep', 'gone');
  for (let look = 0; look < 4; look += 1) {
    await projects.ofPart('eu');
    pass(61);
  }
  expect(told.map((words) => /\((\w+)\)/.exec(words)?.[1])).toEqual(['asleep', 'asleep', 'gone']);
});

it('lists at the same time share one question', async () => {
  const { projects, asked } = asking(KNOWN);
  await Promise.all([projects.of('eu'), projects.of('eu'), projects.of('us')]);
  expect(asked).toEqual(['eu', 'us']);
});

it('a question that failed is asked again', async () => {
  const { projects, asked } = asking(new Error('unknown connection'), KNOWN);
  await expect(projects.of('eu')).rejects.toThrow('unknown connection');
  expect(await projects.of('eu')).toMatchObject({ projectId: '1134' });
  expect(asked).toEqual(['eu', 'eu']);
});

it('no more than a hundred names are kept', async () => {
  const { projects, asked } = asking(KNOWN);
  for (let at = 0; at <= 100; at += 1) await projects.of(`c${at}`);
  await projects.of('c1');
  await projects.of('c0');
  expect([asked.length, asked.at(-1)]).toEqual([102, 'c0']);
});
