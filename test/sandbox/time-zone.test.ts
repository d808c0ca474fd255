import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeZone } from '../../src/sandbox/time-zone.js';

describe('timestamps', () => {
  const prague = new TimeZone('Europe/Prague');

  it('follow summer time of the zone on both sides of the change', () => {
    expect(prague.iso(Date.parse('2016-03-27T00:59:59Z'))).toBe('2016-03-27T01:59:59+01:00');
    expect(prague.iso(Date.parse('2016-03-27T01:00:00Z'))).toBe('2016-03-27T03:00:00+02:00');
    expect(prague.isoBasic(Date.parse('2016-10-30T01:00:00Z'))).toBe('2016-10-30T02:00:00+0100');
  });

  it('know zones behind UTC and with odd offsets', () => {
    const at = Date.parse('2020-06-01T12:00:00Z');
    expect(new TimeZone('America/St_Johns').iso(at)).toBe('2020-06-01T09:30:00-02:30');
    expect(new TimeZone('Asia/Kathmandu').iso(at)).toBe('2020-06-01T17:45:00+05:45');
    expect(new TimeZone('UTC').iso(at)).toBe('2020-06-01T12:00:00+00:00');
  });

  it('always name the instant they were made of, to the second', () => {
    const instant = fc.integer({ min: 0, max: Date.parse('2040-01-01') });
    fc.assert(
      fc.property(instant, (atMs) => Date.parse(prague.iso(atMs)) === Math.floor(atMs / 1000) * 1000),
      { numRuns: 500 },
    );
  });

  it('refuse a zone that does not exist', () => {
    expect(() => new TimeZone('Europe/Atlantis')).toThrow('timeZone "Europe/Atlantis" is not an IANA time zone');
  });
});
