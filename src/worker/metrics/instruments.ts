import type { MetricMeter } from '@temporalio/common';
import { Runtime } from '@temporalio/worker';
import { OUR_METRICS, type LabelsOf, type OurMetric, type OurMetricOf } from './our-metrics.js';

/** The exporter appends it to every counter. */
const COUNTER_SUFFIX = /_total$/;

/**
 * Our metrics, beside Temporal's own in whatever its SDK exports them to. Without an exporter they cost nothing and go
 * nowhere.
 *
 * Nothing here throws: what is counted, such as the answer to a creation, must not be lost over a count.
 */
export class Instruments {
  private meter: MetricMeter | undefined;
  private readonly made = new Map<OurMetric, object>();

  /**
   * From now on counts into the SDK's current runtime. It keeps that one's meter: asking for the runtime after the last
   * worker has ended would create another runtime, which nobody ends.
   *
   * @returns whether it is another one than before.
   */
  open(): boolean {
    const { metricMeter } = Runtime.instance();
    if (metricMeter === this.meter) return false;
    this.meter = metricMeter;
    this.made.clear();
    return true;
  }

  add<Name extends OurMetricOf<'counter'>>(name: Name, labels: LabelsOf<Name>, value = 1): void {
    const make = (meter: MetricMeter) =>
      meter.createCounter(name.replace(COUNTER_SUFFIX, ''), '', OUR_METRICS[name].help);
    this.with(name, make, (counter) => counter.add(value, labels));
  }

  set<Name extends OurMetricOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void {
    const make = (meter: MetricMeter) => meter.createGauge(name, 'int', '', OUR_METRICS[name].help);
    this.with(name, make, (gauge) => gauge.set(value, labels));
  }

  record<Name extends OurMetricOf<'histogram'>>(name: Name, labels: LabelsOf<Name>, value: number): void {
    const make = (meter: MetricMeter) => meter.createHistogram(name, 'float', '', OUR_METRICS[name].help);
    this.with(name, make, (histogram) => histogram.record(value, labels));
  }

  private with<Instrument extends object>(
    name: OurMetric,
    make: (meter: MetricMeter) => Instrument,
    use: (instrument: Instrument) => void,
  ): void {
    if (!this.meter) return;
    try {
      const instrument = (this.made.get(name) as Instrument | undefined) ?? make(this.meter);
      this.made.set(name, instrument);
      use(instrument);
    } catch {
      // Not reported, because it would be reported with every count.
    }
  }
}
