import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import type pg from 'pg';

const settings = [
  'server_version',
  'shared_buffers',
  'work_mem',
  'random_page_cost',
  'max_parallel_workers_per_gather',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'autovacuum',
  'jit',
];

/** What the figures were measured on: they mean nothing without it. */
export async function machineFacts(client: pg.Client) {
  const { rows } = await client.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) name',
    [settings],
  );
  return {
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    /** Above the number of cores others worked on the machine too: only the ratios mean something then. */
    load: loadavg().map((value) => Number(value.toFixed(2))),
    postgres: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
  };
}
