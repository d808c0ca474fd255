import { expect, it } from 'vitest';
import { serviceUrl } from '../../../src/keboola/http/service-url.js';

it.each([
  ['https://syrup.example', '/queue/jobs', 'https://syrup.example/queue/jobs'],
  ['https://syrup.example/', '/queue/jobs', 'https://syrup.example/queue/jobs'],
  ['https://host.example/a/syrup//', '/queue/jobs', 'https://host.example/a/syrup/queue/jobs'],
  ['https://syrup.example', '//evil.example/jobs', 'https://syrup.example/evil.example/jobs'],
  ['https://syrup.example', '/queue//jobs', 'https://syrup.example/queue//jobs'],
  ['https://syrup.example', 'queue//jobs', 'https://syrup.example/queue//jobs'],
  ['https://syrup.example/?a=1', '/queue/jobs?q=a?b', 'https://syrup.example/queue/jobs?q=a?b'],
])('below %s the path %s is %s, and never at another host', (base, path, address) => {
  expect(serviceUrl(new URL(base), path).href).toBe(address);
});
