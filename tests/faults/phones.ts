/** The customers' phones, played by the lab: known to the network, with an open window. */
import { house } from '../bench/house.ts';
import { until } from '../bench/until.ts';
import type { Chance } from './random.ts';
import type { Story } from './story.ts';

async function lab<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${house.lab}/lab/api${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`lab: ${method} ${path} → ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const id = ({ run }: Story, index: number): string => `faults-${run}-${index}`;

export async function switchOn(story: Story): Promise<void> {
  await until('the lab answers', () => fetch(`${house.lab}/healthz`).then(({ ok }) => ok, () => false));
  for (const { index, phone } of story.customers) {
    await lab('POST', '/people', { id: id(story, index), name: `Cliente ${index}`, wa_id: phone });
    await lab('PUT', `/chats/${story.number.phone_number_id}/${id(story, index)}/window`, { last_inbound_ago_ms: 0 });
  }
}

/** The provider takes its time, so that death often comes in the middle of a call. */
export async function slow(story: Story, delay_ms: number): Promise<void> {
  await lab('PUT', `/numbers/${story.number.phone_number_id}/faults`, delay_ms === 0 ? {} : { delay_ms });
}

/** Now and then it has a bad moment of its own. */
export async function stumble(story: Story, random: Chance): Promise<void> {
  const fault = random.pick([undefined, undefined, { answer_500_next: 2 }, { answer_429_next: 2 }]);
  if (fault !== undefined) await lab('PATCH', `/numbers/${story.number.phone_number_id}/faults`, fault);
}

/** What reached the phones: every text, once for each time it came. */
export async function received(story: Story): Promise<string[][]> {
  await lab('GET', '/idle?timeout_ms=10000');
  return Promise.all(
    story.customers.map(async ({ index }) => {
      const { data } = await lab<{ data: { content: { body?: string } }[] }>('GET', `/chats/${story.number.phone_number_id}/${id(story, index)}/received`);
      return data.flatMap(({ content: { body } }) => (body === undefined ? [] : [body]));
    }),
  );
}
