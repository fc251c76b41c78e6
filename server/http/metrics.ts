/** Owns what Prometheus reads at /metrics: requests, and the open work of the house. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/open.ts';

export interface Metrics {
  readonly type: string;
  request(observed: { method: string; route: string; status: number; seconds: number }): void;
  text(): Promise<string>;
}

export function makeMetrics(store: Store): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'ganwei_http_request_seconds',
    help: 'HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  for (const table of ['work_items', 'timers', 'outbox', 'outbox_dead', 'incidents'] as const) {
    new Gauge({
      name: `ganwei_${table}`,
      help: `Rows in ${table}`,
      registers: [registry],
      async collect() {
        const row = await store.reader(table).count({ n: '*' }).first();
        this.set(Number(row?.n ?? 0));
      },
    });
  }
  return {
    type: registry.contentType,
    request: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    text: () => registry.metrics(),
  };
}
