/**
 * The bot's whole path: from a customer's webhook to the answer on their phone, by a flow of ten cards. As many turns as
 * there can be; and how long one takes while a thousand talk at their own pace. Wants the lab.
 *
 *   BENCH_CONVERSATIONS   at the same time (1000)
 */
import { setTimeout as pause } from 'node:timers/promises';

import { aBot, type Bot, listening, SOLVED, Talker, type Turn } from './bot.ts';
import { send } from './client.ts';
import { house, whole } from './house.ts';
import { spent_ms, used } from './processes.ts';
import { figure, percentile, remark, sum } from './report.ts';
import { body, SIGNATURE, signature } from './webhook.ts';

const conversations = whole('BENCH_CONVERSATIONS', 1000);
/** Enough that nobody of ours waits for a customer. */
const AT_ONCE = 64;
const HURRIED = 512;
/** Between hearing and speaking: a hundred turns a second of a thousand people. */
const THINKS_MS = { least: 5000, most: 15_000 };
const PATIENCE_MS = 60_000;

async function enter(bot: Bot, count: number): Promise<Talker[]> {
  const talkers: Talker[] = [];
  while (talkers.length < count) talkers.push(...(await Promise.all(Array.from({ length: Math.min(16, count - talkers.length) }, () => Talker.enter(bot)))));
  return talkers;
}

/** One turn, in ms; undefined when no answer came in a minute. */
async function take({ whatsapp }: Bot, talker: Talker, turn: Turn, n: number): Promise<number | undefined> {
  const bytes = body({ phone_number_id: whatsapp.number, from: talker.phone, id: `wamid.${talker.id}.${n}`, text: turn.says });
  const answered = talker.hears(turn);
  const began = Date.now();
  const { status } = await send(house.url, { method: 'POST', path: whatsapp.hook, headers: { 'Content-Type': 'application/json', [SIGNATURE]: signature(whatsapp.secret, bytes) }, body: bytes });
  if (status !== 200) throw new Error(`a webhook was answered ${status}`);
  const at = await Promise.race([answered, pause(PATIENCE_MS, undefined, { ref: false })]);
  return at === undefined ? undefined : at - began;
}

async function converse(bot: Bot, talker: Talker, thinks: () => number, took: (ms: number | undefined) => void): Promise<void> {
  for (const [n, turn] of SOLVED.entries()) {
    /* People's pace, not a wait for anything. */
    await pause(thinks());
    took(await take(bot, talker, turn, n));
  }
}

async function hurried(bot: Bot): Promise<void> {
  const talkers = await enter(bot, HURRIED);
  const close = await listening(talkers);
  const times: number[] = [];
  const [before, began] = [used(), performance.now()];
  const waiting = [...talkers];
  const pump = async (): Promise<void> => {
    for (let talker = waiting.pop(); talker; talker = waiting.pop()) await converse(bot, talker, () => 0, (ms) => ms !== undefined && times.push(ms));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, pump));
  const [after, seconds] = [used(), (performance.now() - began) / 1000];
  close();
  const spent = spent_ms(before, after);
  figure('flow_turns_per_s', times.length / seconds, '1/s');
  figure('flow_turn_cpu_ms', sum(Object.values(spent)) / times.length, 'ms');
  remark(`${AT_ONCE} at once; the goal is 4,500/s for a turn with its state stored, without channel and network`);
  remark(Object.entries(spent).map(([service, ms]) => `${service} ${(ms / times.length).toFixed(2)} ms`).join(', '));
}

async function unhurried(bot: Bot): Promise<void> {
  const talkers = await enter(bot, conversations);
  const close = await listening(talkers);
  const times: (number | undefined)[] = [];
  const thinks = (): number => THINKS_MS.least + Math.random() * (THINKS_MS.most - THINKS_MS.least);
  const began = performance.now();
  await Promise.all(talkers.map((talker) => converse(bot, talker, thinks, (ms) => times.push(ms))));
  const seconds = (performance.now() - began) / 1000;
  close();
  const answered = times.filter((ms) => ms !== undefined);
  figure('flow_turn_p50_ms', percentile(answered, 50), 'ms');
  figure('flow_turn_p99_ms', percentile(answered, 99), 'ms');
  figure('flow_turns_missed', times.length - answered.length, 'turns');
  figure('flow_turns_doubled', sum(talkers.map(({ heard }) => heard.length - new Set(heard).size)), 'answers');
  remark(`${conversations} conversations at once, ${(times.length / seconds).toFixed(0)} turns/s; the goal is that of a message to a screen: p50 < 60 ms, p99 < 250 ms`);
}

export async function turns(): Promise<void> {
  const bot = await aBot();
  await hurried(bot);
  await unhurried(bot);
}
