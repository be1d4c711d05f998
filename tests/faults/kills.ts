/**
 * Customers write and an agent answers while every kind of process is killed with SIGKILL, PostgreSQL included.
 * Nothing may be lost, doubled or out of order.
 *
 *   FAULTS_DELIVERIES   webhooks, ten for each customer (2000)
 *   FAULTS_KILLS        one for every forty deliveries, at least twelve
 */
import { setTimeout as pause } from 'node:timers/promises';

import { instance, whole } from '../bench/house.ts';
import { orphans } from '../bench/processes.ts';
import { until } from '../bench/until.ts';
import { Agent } from './agent.ts';
import { count, dead, left } from './count.ts';
import { type Delivered, deliverAll } from './deliver.ts';
import { Gate } from './gate.ts';
import { Killer } from './killer.ts';
import { received, slow, stumble, switchOn } from './phones.ts';
import type { Chance } from './random.ts';
import { noneOf, type Outcome, remark, say } from './report.ts';
import { Screen } from './screen.ts';
import { story as makeStory } from './story.ts';

const deliveries = whole('FAULTS_DELIVERIES', 2000);
const deaths = whole('FAULTS_KILLS', Math.max(12, Math.round(deliveries / 40)));

export async function kills(random: Chance): Promise<Outcome> {
  const story = makeStory(deliveries);
  const killer = new Killer(random);
  const dead_before = await dead();
  await switchOn(story);
  await slow(story, 40);
  const agent = await Agent.enter(story);
  const screen = new Screen(agent.person);
  await new Promise<void>((greeted) => void screen.run(greeted));

  const delivered: Delivered[] = [];
  const [webhooks, answers] = [new Gate(), new Gate()];
  const delivering = deliverAll(story, webhooks, (one) => delivered.push(one));
  const answering = agent.work(answers);

  /* Each kill lets the next few deliveries through, so that killing and writing end together. */
  while (killer.count < deaths) {
    if (killer.kill()) {
      webhooks.let(Math.ceil(deliveries / deaths));
      answers.let(1);
      await stumble(story, random);
    }
    await pause(random.between(20, 600)); /* the pace of misfortune */
  }
  webhooks.open();
  await delivering;
  await slow(story, 0);
  await killer.repaired();
  await instance('wait');
  await left();
  agent.leave();
  answers.open();
  await answering;
  const waiting = await left();
  const given_up = (await dead()).filter((one) => !dead_before.includes(one));

  const counts = await count(story, delivered, agent.answered);
  const messages = counts.messages ?? [];
  await until('the screen is up to date', () => messages.every((message) => screen.has(message)), 10_000).catch(() => undefined);
  screen.close();
  const phones = await received(story);

  const sent_twice = phones.reduce((total, texts) => total + texts.length - new Set(texts).size, 0);
  const must_be_none: Record<string, number> = {
    lost: counts.lost,
    doubled: counts.doubled,
    disordered: counts.disordered,
    unterminated: waiting + given_up.length + counts.sends_unfinished,
    tickets_doubled: counts.tickets_doubled,
    events_missing: counts.events_missing,
    events_doubled: counts.events_doubled,
    replies_lost: counts.replies_lost,
    replies_doubled: counts.replies_doubled,
    sent_twice,
    screen_missed: messages.filter((message) => !screen.has(message)).length,
    screen_doubled: messages.filter(({ key }) => (screen.seen.get(key) ?? 0) > 1).length,
    orphans: orphans().length,
  };

  say('kills', killer.count);
  for (const [name, times] of killer.kills) remark(`${times} × ${name}`);
  say('delivered', delivered.length);
  say('attempts', delivered.reduce((total, { attempts }) => total + attempts, 0));
  say('replies', agent.answered);
  say('outcome_unknown', counts.outcome_unknown);
  say('sends_failed', counts.sends_failed);
  say('screen_connections', screen.connections);
  say('screen_resets', screen.resets);
  for (const one of given_up) remark(`given up: ${one}`);

  return noneOf({ undelivered: deliveries - delivered.length, ...must_be_none });
}
