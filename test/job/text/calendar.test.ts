import { expect, it } from 'vitest';
import { hasNoSuchDay } from '../../../src/job/text/calendar.js';

it.each(['2026-02-30', '2026-02-29T08:00Z', '2026-04-31 10:00', '2026-13-01', '2026-00-10', '2026-01-00'])(
  '%s is in no calendar',
  (text) => {
    expect(hasNoSuchDay(text)).toBe(true);
  },
);

it.each(['2026-02-28', '2024-02-29T08:00Z', '2026-12-31', '0099-12-31', '-2 days', 'yesterday', '1767225600', ''])(
  '"%s" is not refused as a day that is in no calendar',
  (text) => {
    expect(hasNoSuchDay(text)).toBe(false);
  },
);
