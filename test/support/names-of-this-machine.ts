/** Hosts of addresses, as a URL spells them, that are this machine and nothing else. */
export const THIS_MACHINE: readonly string[] = [
  'localhost',
  'localhost.',
  '127.0.0.1',
  '127.1.2.3',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[::ffff:7f00:1]',
  '[::ffff:0:0]',
];

/** Names that are this machine for most resolvers, and that only DNS may know where they are not in `/etc/hosts`. */
export const PERHAPS_THIS_MACHINE: readonly string[] = [
  'app.localhost',
  'a.b-c.localhost.',
  'localhost.localdomain',
  'localhost.localdomain.',
  'ip6-localhost',
  'ip6-loopback',
];

/** Hosts that only look like it. */
export const ELSEWHERE: readonly string[] = [
  'localhost.evil.example',
  'evillocalhost',
  'a..localhost',
  '.localhost',
  'localhost.localdomain.example',
  'localdomain',
  'ip6-localhost.example',
  '128.0.0.1',
  '127.evil.example',
  '0.0.0.1',
  '10.0.0.1',
  '[::2]',
  '[::ffff:8000:1]',
  '[fe80::1]',
  '',
];
