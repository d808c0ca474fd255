import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathProblem } from '../../src/input/call-path.js';
import { serviceUrl } from '../../src/keboola/http/service-url.js';
import { componentIdOf } from '../../src/keboola/syrup/component-above.js';

describe('the path of a call', () => {
  test.each([
    ['/gooddata-writer/v2/main/projects', 'gooddata-writer'],
    ['/gooddata-writer/v2', 'gooddata-writer'],
    ['/provisioning/async/docker/1?force=1', 'provisioning'],
    ['/docker/keboola.ex-http/input/', 'keboola.ex-http'],
    ['/docker/branch/12/keboola.ex-http/input', 'keboola.ex-http'],
    ['/ex-db/a%20b', 'ex-db'],
  ])('may be %s, below its component', (path, component) => {
    expect(pathProblem(path)).toBeUndefined();
    expect(componentIdOf(path)).toBe(component);
  });

  test.each([
    ['https://evil.example/gooddata-writer/v2', 'names a host'],
    ['//evil.example/gooddata-writer/v2', 'names a host'],
    ['\\\\evil.example\\v2', 'names a host'],
    ['javascript:alert(1)', 'names a host'],
    ['/gooddata-writer/../queue/jobs', 'may not climb'],
    ['/gooddata-writer/v2/..', 'may not climb'],
    ['/gooddata-writer/./v2', 'may not climb'],
    ['/gooddata-writer/%2e%2E/queue', 'may not climb'],
    ['/gooddata-writer/..%2fqueue', 'not allowed in a URL'],
    ['/gooddata-writer/a%5cb', 'not allowed in a URL'],
    ['/gooddata-writer/a\\b', 'not allowed in a URL'],
    ['/gooddata-writer/%', 'not allowed in a URL'],
    ['/gooddata-writer/a b', 'not allowed in a URL'],
    ['/gooddata-writer/a#b', 'not allowed in a URL'],
    ['/gooddata-writer/a\r\nX-Evil: 1', 'not allowed in a URL'],
    ['/gooddata-writer//v2', 'an empty segment'],
    ['gooddata-writer/v2', 'not a path below a component'],
    ['', 'not a path below a component'],
    ['/', 'not a path below a component'],
    ['/gooddata-writer', 'not a path below a component'],
    ['/gooddata-writer/upload-project', 'version 1 of the GoodData Writer'],
    ['/docker/keboola.ex-http/action/getTables', 'is a synchronous action'],
    ['/docker/branch/1/keboola.ex-http/action/getTables', 'is a synchronous action'],
  ])('may not be %j', (path, problem) => {
    expect(pathProblem(path)).toContain(problem);
  });

  test('leads to the configured host and below its own first segment, whatever it is', () => {
    const base = new URL('https://syrup.keboola.com');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'/ . \\ % 2 e E f F 5 c C : ? # @ a'.split(' '), ' '), maxLength: 20 }),
        (rest) => {
          const path = `/ex-db/${rest}`;
          fc.pre(pathProblem(path) === undefined);
          const url = serviceUrl(base, path);
          expect(url.origin).toBe(base.origin);
          expect(url.pathname.startsWith('/ex-db/')).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
