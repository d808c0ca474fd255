import type { TaskInput } from './input.js';
import { kindOf, type Names } from './kinds.js';

/** Shorter than an id may be, so that a number can be appended. */
const MADE_LENGTH_MAX = 56;

/** What a task runs, for people. */
export function titleOf(task: TaskInput): string {
  const { input, spec } = kindOf(task);
  return spec.title(namesIn(input));
}

const UNNAMED = { component: '', name: '', path: '', table: '', method: '', action: '' };

function namesIn(input: object | undefined): Names {
  const texts = Object.entries(input ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...UNNAMED, ...Object.fromEntries(texts) };
}

/**
 * An id for each task, in order. A task without an id is named after what it runs, so that its id stays the same when
 * other tasks come and go. If several tasks share a name, a number is appended from the second on.
 */
export function taskIds(tasks: readonly TaskInput[]): string[] {
  const taken = new Set(tasks.map(({ id }) => id));
  const numbers = new Map<string, number>();
  return tasks.map((task) => {
    if (task.id !== undefined) return task.id;
    const name = madeOf(task);
    // Terminates, because each turn takes a number that no earlier turn has taken.
    for (;;) {
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      const id = number === 1 ? name : `${name}-${number}`;
      if (!taken.has(id)) {
        taken.add(id);
        return id;
      }
    }
  });
}

function madeOf(task: TaskInput): string {
  const { input, spec } = kindOf(task);
  const legal = spec
    .name(namesIn(input))
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, MADE_LENGTH_MAX);
  return legal === '' ? 'task' : legal;
}
