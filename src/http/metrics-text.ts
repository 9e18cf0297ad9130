import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** A metric as Prometheus knows it, read off at a scrape: name, sentence, type, and its samples. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  readonly samples: readonly Sample[]
}

/** One number of a family. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** A gauge with one number, or with a sample for each of its labels. */
export function gauge(name: string, help: string, of: number | readonly Sample[]): Family {
  return { name, help, type: 'gauge', samples: samplesOf(of) }
}

/** A counter with one number, or with a sample for each of its labels. */
export function counter(name: string, help: string, of: number | readonly Sample[]): Family {
  return { name, help, type: 'counter', samples: samplesOf(of) }
}

function samplesOf(of: number | readonly Sample[]): readonly Sample[] {
  return typeof of === 'number' ? [{ value: of }] : of
}

/** The text exposition format 0.0.4: the families, what `kept` holds, and what Node says of the process. */
export function metricsText(families: readonly Family[], kept: Registry): Promise<string> {
  const scraped = new Registry()
  // Without a label to stand at, the library would make a zero of a family that has no sample.
  for (const family of families) if (family.samples.length > 0) pour(family, scraped)
  return Registry.merge([scraped, kept, ofProcess()]).metrics()
}

function pour({ name, help, type, samples }: Family, registry: Registry): void {
  const labelNames = [...new Set(samples.flatMap(({ labels = {} }) => Object.keys(labels)))]
  const options = { name, help, labelNames, registers: [registry] }
  if (type === 'counter') {
    const into = new Counter(options)
    for (const { labels = {}, value } of samples) into.inc(labels, value)
  } else {
    const into = new Gauge(options)
    for (const { labels = {}, value } of samples) into.set(labels, value)
  }
}

let processRegistry: Registry | null = null

/** Memory, processor, event loop and collector: one for the process, however many gateways a test opens in it. */
function ofProcess(): Registry {
  if (processRegistry !== null) return processRegistry
  processRegistry = new Registry()
  collectDefaultMetrics({ register: processRegistry })
  return processRegistry
}
