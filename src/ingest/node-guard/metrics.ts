import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** What is measured of each endpoint; `endpoint` is its URL without anything secret. */
export class GuardMetrics {
  readonly requests: Counter<'endpoint' | 'outcome'>
  readonly retries: Counter<'method'>
  readonly rejected: Counter<'endpoint' | 'reason'>
  readonly conflicts: Counter<'endpoint'>
  readonly seconds: Histogram<'endpoint'>
  readonly head: Gauge<'endpoint'>
  readonly lag: Gauge<'endpoint'>
  readonly healthy: Gauge<'endpoint'>
  readonly served: Gauge<'endpoint'>
  readonly servedHead: Gauge
  readonly disputed: Gauge
  readonly proved: Counter

  constructor(registry: Registry) {
    const define = <Label extends string>(name: string, help: string, labelNames: Label[]) => ({
      name: `devicetrail_node_${name}`,
      help,
      labelNames,
      registers: [registry],
    })
    this.requests = new Counter(
      define('requests_total', 'Requests to an endpoint by outcome', ['endpoint', 'outcome']),
    )
    this.retries = new Counter(define('retries_total', 'Requests that were repeated', ['method']))
    this.rejected = new Counter(
      define('rejected_answers_total', 'Answers that were not passed on', ['endpoint', 'reason']),
    )
    this.conflicts = new Counter(
      define('conflicts_total', 'Times another history was seen', ['endpoint']),
    )
    this.proved = new Counter(
      define('proved_blocks_total', 'Old blocks that were read whole to decide about a log', []),
    )
    this.seconds = new Histogram({
      ...define('request_seconds', 'Time to the answer of an endpoint', ['endpoint']),
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    })
    this.head = new Gauge(define('head_height', 'Head that an endpoint told', ['endpoint']))
    this.lag = new Gauge(define('lag_blocks', 'Blocks behind the best endpoint', ['endpoint']))
    this.healthy = new Gauge(define('healthy', '1 while an endpoint can be used', ['endpoint']))
    this.served = new Gauge(define('served', '1 for the endpoint that is followed', ['endpoint']))
    this.servedHead = new Gauge(define('served_head_height', 'Head told to the processor', []))
    this.disputed = new Gauge(
      define('disputed_height', 'Lowest height with two hashes, -1 without', []),
    )
  }
}
