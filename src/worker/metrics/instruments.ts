import type { MetricMeter } from '@temporalio/common';
import { Runtime } from '@temporalio/worker';
import { OUR_METRICS, type LabelsOf, type OurMetric, type OurMetricOf } from './our-metrics.js';

/** The exporter adds it to every counter. */
const COUNTER_SUFFIX = /_total$/;

/**
 * Our metrics, beside Temporal's own in whatever its SDK was told to export them to. Without an exporter they cost nothing and go nowhere.
 */
export class Instruments {
  private readonly made = new WeakMap<MetricMeter, Map<OurMetric, object>>();

  add<Name extends OurMetricOf<'counter'>>(name: Name, labels: LabelsOf<Name>, value = 1): void {
    this.of(name, (meter) => meter.createCounter(name.replace(COUNTER_SUFFIX, ''), '', OUR_METRICS[name].help)).add(
      value,
      labels,
    );
  }

  set<Name extends OurMetricOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void {
    this.of(name, (meter) => meter.createGauge(name, 'int', '', OUR_METRICS[name].help)).set(value, labels);
  }

  record<Name extends OurMetricOf<'histogram'>>(name: Name, labels: LabelsOf<Name>, value: number): void {
    this.of(name, (meter) => meter.createHistogram(name, 'float', '', OUR_METRICS[name].help)).record(value, labels);
  }

  /** Made when it is first needed: who asks for the runtime earlier would make one without the settings of its owner. */
  private of<Instrument extends object>(name: OurMetric, make: (meter: MetricMeter) => Instrument): Instrument {
    const { metricMeter: meter } = Runtime.instance();
    const known = this.made.get(meter) ?? new Map<OurMetric, object>();
    this.made.set(meter, known);
    const instrument = (known.get(name) as Instrument | undefined) ?? make(meter);
    known.set(name, instrument);
    return instrument;
  }
}
