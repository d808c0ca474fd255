import type { OtlpUrls } from '../../input/otlp-settings.js';
import type { Telemetry, TelemetryWanted } from './open-telemetry.js';

/**
 * Runs `use` with what tells of this process by OTLP, and sends what is left afterwards. Where nobody wants it, nothing of
 * OpenTelemetry is loaded.
 */
export async function withTelemetry<T>(
  otlp: OtlpUrls,
  wanted: TelemetryWanted,
  use: (telemetry: Partial<Telemetry>) => Promise<T>,
): Promise<T> {
  if (otlp.tracesUrl === undefined && otlp.logsUrl === undefined) return await use({});
  const { openTelemetry } = await import('./open-telemetry.js');
  const telemetry = openTelemetry(otlp, wanted);
  try {
    return await use(telemetry);
  } finally {
    await telemetry.close();
  }
}
