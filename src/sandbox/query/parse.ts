import { SyrupProblem } from '../answer/problem.js';
import type { Bound, Query } from './query.js';
import { tokenize } from './tokens.js';
import type { QueryToken } from './tokens.js';

const DEPTH_MAX = 50;

/**
 * Reads a Lucene query_string as far as Keboola's own clients use it: default operator AND, AND, OR, NOT, `+`, `-`,
 * parentheses, `field:value`, `field:(A OR B)`, phrases, wildcards, ranges and comparisons. OR binds weaker than AND.
 *
 * @throws SyrupProblem 400 with the reason. Keboola's own search answers an empty list instead, which hides a typo.
 */
export function parseQuery(text: string): Query {
  if (text.trim() === '' || text.trim() === '*') return { kind: 'all' };
  const parser = new Parser(tokenize(text));
  return parser.whole();
}

class Parser {
  #at = 0;

  constructor(readonly tokens: QueryToken[]) {}

  whole(): Query {
    const query = this.#or(undefined, 0);
    if (this.#peek() !== undefined) throw unreadable('a closing parenthesis without an opening one');
    return query;
  }

  #or(field: string | undefined, depth: number): Query {
    if (depth > DEPTH_MAX) throw unreadable(`more than ${DEPTH_MAX} levels of parentheses`);
    const parts = [this.#and(field, depth)];
    while (this.#accept('or')) parts.push(this.#and(field, depth));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
  }

  #and(field: string | undefined, depth: number): Query {
    const parts = [this.#clause(field, depth)];
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (next.kind === 'or' || next.kind === 'close') break;
      this.#accept('and');
      parts.push(this.#clause(field, depth));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  }

  #clause(field: string | undefined, depth: number): Query {
    if (depth > DEPTH_MAX) throw unreadable(`more than ${DEPTH_MAX} levels`);
    if (this.#accept('not')) return { kind: 'not', part: this.#clause(field, depth + 1) };
    if (this.#accept('must')) return this.#clause(field, depth + 1);
    const token = this.#take();
    switch (token?.kind) {
      case 'open': {
        const inner = this.#or(field, depth + 1);
        if (!this.#accept('close')) throw unreadable('a closing parenthesis is missing');
        return inner;
      }
      case 'field':
        return this.#clause(token.name, depth + 1);
      case 'term':
        return term(field, token.text, token.isPhrase);
      case 'range':
        return {
          kind: 'range',
          field,
          low: bound(token.low, token.lowInclusive),
          high: bound(token.high, token.highInclusive),
        };
      case 'compare': {
        const limit = bound(token.text, token.operator.endsWith('='));
        const isLow = token.operator.startsWith('>');
        return { kind: 'range', field, low: isLow ? limit : undefined, high: isLow ? undefined : limit };
      }
      default:
        throw unreadable(token === undefined ? 'it ends too early' : `"${token.kind}" is not expected here`);
    }
  }

  #peek(): QueryToken | undefined {
    return this.tokens[this.#at];
  }

  #take(): QueryToken | undefined {
    return this.tokens[this.#at++];
  }

  #accept(kind: QueryToken['kind']): boolean {
    if (this.#peek()?.kind !== kind) return false;
    this.#at += 1;
    return true;
  }
}

function term(field: string | undefined, text: string, isPhrase: boolean): Query {
  if (field === '_exists_') return { kind: 'exists', field: text };
  if (!isPhrase && /^[*?]/.test(text) && text !== '*') throw unreadable(`"${text}" starts with a wildcard`);
  if (!isPhrase && text === '*' && field !== undefined) return { kind: 'exists', field };
  return { kind: 'term', field, text, isPhrase };
}

function bound(text: string, isInclusive: boolean): Bound | undefined {
  return text === '*' ? undefined : { text, isInclusive };
}

function unreadable(reason: string): SyrupProblem {
  return new SyrupProblem(400, `Parameter 'q' cannot be read: ${reason}`);
}
