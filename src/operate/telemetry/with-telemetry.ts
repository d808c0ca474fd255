import type { OtlpUrls } from '../../input/otlp-settings.js';
import type { Telemetry, TelemetryWanted } from './open-telemetry.js';

interface Wanted extends TelemetryWanted {
  /** Called if telemetry cannot begin, and the work goes on without it. If this is absent, the error is thrown. */
  onUnusable?: () => void;
}

/**
 * Runs `use` with the OTLP telemetry of this process, and sends what is left afterwards. If nobody wants telemetry,
 * OpenTelemetry is not loaded at all.
 */
export async function withTelemetry<T>(
  otlp: OtlpUrls,
  wanted: Wanted,
  use: (telemetry: Partial<Telemetry>) => Promise<T>,
): Promise<T> {
  const telemetry = await begun(otlp, wanted);
  if (!telemetry) return await use({});
  try {
    return await use(telemetry);
  } finally {
    await telemetry.close();
  }
}

async function begun(otlp: OtlpUrls, { onUnusable, ...wanted }: Wanted): Promise<Telemetry | undefined> {
  if (otlp.tracesUrl === undefined && otlp.logsUrl === undefined) return undefined;
  try {
    const { openTelemetry } = await import('./open-telemetry.js');
    return openTelemetry(otlp, wanted);
  } catch (error) {
    if (!onUnusable) throw error;
    onUnusable();
    return undefined;
  }
}
