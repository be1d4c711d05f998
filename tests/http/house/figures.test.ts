/** What the operator's eyes see: Prometheus' text, line by line, and that it counts what happened. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { sql } from '../support/database.ts';
import { until } from '../support/until.ts';
import { aWhatsapp } from '../support/whatsapp.ts';
import { send } from '../support/wire.ts';

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABELS = `\\{(?:[a-zA-Z_]\\w*="(?:[^"\\\\\\n]|\\\\["\\\\n])*",?)+\\}`;
const SAMPLE = new RegExp(`^(${NAME})(${LABELS})? (-?[0-9]+(?:\\.[0-9]+)?)$`);
const HEAD = new RegExp(`^# (?:HELP ${NAME} .+|TYPE ${NAME} (?:counter|gauge))$`);

/** Every sample by name and labels; a line that is neither a sample nor a head fails. */
async function figures(path: string): Promise<Map<string, number>> {
  const { status, headers, body } = await send({ method: 'GET', path });
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('version=0.0.4');
  expect(body.at(-1)).toBe('\n'.charCodeAt(0));
  const samples = new Map<string, number>();
  for (const line of body.toString().trimEnd().split('\n')) {
    if (line.startsWith('#')) {
      expect(line).toMatch(HEAD);
      continue;
    }
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    expect(name, line).toBeDefined();
    expect(samples.has(`${name}${labels}`), `twice: ${line}`).toBe(false);
    samples.set(`${name}${labels}`, Number(value));
  }
  return samples;
}

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

describe('the figures of the house', () => {
  it('count answers by route and class', async () => {
    const refused = 'balcao_http_requests_total{method="GET",route="/api/v1/tickets/:id",class="4xx"}';
    const before = (await figures('/metrics')).get(refused) ?? 0;
    (await (await account.as('ana')).get('/api/v1/tickets/999999999')).refused(404, 'not_found');
    expect((await figures('/metrics')).get(refused)).toBeGreaterThan(before);
  });

  it('know what waits, what died and what is old', async () => {
    const names = [...(await figures('/metrics')).keys()];
    for (const name of ['inbound_pending', 'inbound_oldest_seconds', 'oldest_transaction_seconds', 'oldest_xmin_age']) {
      expect(names).toContain(`balcao_${name}`);
    }
  });

  it('tell a job that died', async () => {
    const dead = 'balcao_jobs_dead{queue="delivery"}';
    const before = (await figures('/metrics')).get(dead) ?? 0;
    const id = await sql(
      `INSERT INTO dead_jobs (id, queue, lane, kind, account_id, subject_id, arg, attempts, why, created_at, died_at)
       VALUES (-:account, 'delivery', 0, 'test', :account, 1, '', 1, 'test', now(), now()) RETURNING id`,
      { account: account.id },
    );
    const after = (await figures('/metrics')).get(dead);
    await sql('DELETE FROM dead_jobs WHERE id = :id', { id });
    expect(after).toBeGreaterThan(before);
  });

  it('tell since when a channel is silent', async () => {
    const whatsapp = await aWhatsapp(account);
    const silence = `balcao_channel_silence_seconds{channel="${whatsapp.id}",kind="whatsapp_cloud"}`;
    expect([...(await figures('/metrics')).keys()]).not.toContain(silence);
    await (await whatsapp.customer()).say('Oi');
    /* By night the house answers, and the network tells of its answer after that: events of their own. */
    const said = await until('a silence of two hours', async () => {
      await sql("UPDATE inbound_events SET received_at = now() - interval '2 hours' WHERE channel_id = :id", { id: whatsapp.id });
      return (await figures('/metrics')).get(silence) || undefined;
    });
    expect(said).toBeGreaterThan(7100);
    expect(said).toBeLessThan(7300);
  });
});

it('the figures of the streams count who listens', async () => {
  const members = async (): Promise<number> => (await figures('/metrics/live')).get('balcao_live_members') ?? -1;
  const live = await (await account.as('ana')).live();
  expect(await members()).toBeGreaterThan(0);
  live.close();
  expect((await figures('/metrics/live')).get('balcao_live_database_up')).toBe(1);
});

describe('every alarm', () => {
  const runbooks = fileURLToPath(new URL('../../../ops/runbooks/', import.meta.url));
  const rules = readFileSync(`${runbooks}alerts.yml`, 'utf8');
  const pages = readFileSync(`${runbooks}README.md`, 'utf8');

  it('has a page', () => {
    for (const [, name] of rules.matchAll(/alert: (\w+)/g)) {
      const [, page] = new RegExp(`\\| ${name} \\| \\[(.+)\\]`).exec(pages) ?? [];
      expect(existsSync(`${runbooks}${page}`), name).toBe(true);
    }
  });

  it('asks for figures that there are', async () => {
    const texts = await Promise.all(['/metrics', '/metrics/live'].map((path) => send({ method: 'GET', path })));
    const said = texts.map(({ body }) => body.toString()).join('');
    for (const [name] of rules.matchAll(/balcao_\w+/g)) expect(said).toMatch(new RegExp(`^(?:# TYPE )?${name} `, 'm'));
  });
});
