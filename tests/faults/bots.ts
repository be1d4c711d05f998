/**
 * People talk with a bot while workers die, and once PostgreSQL: every answer comes once and in its order, everybody
 * gets to the end of their way, and what a flow does beside speaking (tags, notes, handing over) is done once.
 *
 *   FAULTS_CONVERSATIONS   at the same time (1000)
 *   FAULTS_BOT_KILLS       one for every ten conversations, at least six
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { aBot, type Bot, listening, PASSED_ON, SOLVED, Talker, type Turn } from '../bench/bot.ts';
import { instance, sql, whole } from '../bench/house.ts';
import { body } from '../bench/webhook.ts';
import { value } from '../http/support/database.ts';
import { lab } from '../http/support/lab.ts';
import { left } from './count.ts';
import { post } from './deliver.ts';
import { Killer } from './killer.ts';
import type { Chance } from './random.ts';
import { noneOf, type Outcome, remark, say } from './report.ts';

const conversations = whole('FAULTS_CONVERSATIONS', 1000);
const deaths = whole('FAULTS_BOT_KILLS', Math.max(6, Math.round(conversations / 10)));
const LOOK_MS = 1000;
const PATIENCE_MS = 180_000;

type Found = Record<
  | 'tickets' | 'runs' | 'finished' | 'transferred' | 'untagged' | 'said_doubled' | 'tags_doubled' | 'notes' | 'notes_doubled'
  | 'transfers_doubled' | 'ends_doubled' | 'entries_doubled' | 'counted_wrong' | 'failed',
  number
>;

/** Every third wants to speak to a person. */
const way = (n: number): readonly Turn[] => (n % 3 === 2 ? PASSED_ON : SOLVED);

/**
 * A send that was cut between question and answer is not repeated by the house: nobody knows whether it arrived. Then
 * the bot has said it, and the customer goes on without having heard it.
 */
const UNKNOWN = `
SELECT coalesce(json_agg(json_build_object('phone', i.address, 'text', m.body)), '[]')
  FROM messages m
  JOIN tickets t ON t.account_id = m.account_id AND t.id = m.ticket_id
  JOIN contact_identities i ON i.account_id = t.account_id AND i.id = t.identity_id
 WHERE m.account_id = :'account' AND m.direction = 'out' AND m.state = 'unknown'`;

type Unheard = { phone: string; text: string };

const unknown = ({ account }: Bot): Promise<Unheard[]> => value(UNKNOWN, { account: account.id });

/** Tells everybody what they will not hear, until it is over. */
function comforting(bot: Bot, talkers: readonly Talker[]): () => void {
  const byPhone = new Map(talkers.map((talker) => [talker.phone, talker]));
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      await pause(LOOK_MS);
      for (const { phone, text } of await unknown(bot).catch(() => [])) byPhone.get(phone)?.misses(text);
    }
  };
  void look();
  return () => (isOver = true);
}

async function converse({ whatsapp }: Bot, talker: Talker, turns: readonly Turn[], random: Chance): Promise<void> {
  for (const [n, turn] of turns.entries()) {
    const answered = talker.hears(turn);
    await post(whatsapp.hook, whatsapp.secret, body({ phone_number_id: whatsapp.number, from: talker.phone, id: `wamid.${talker.id}.${n}`, text: turn.says }));
    await answered;
    await pause(random.below(200)); /* the pace of people */
  }
}

/** Workers die while people talk; in the middle of it the database. */
async function killing(random: Chance, isOver: () => boolean): Promise<Killer[]> {
  const [workers, database] = [new Killer(random, ['worker child']), new Killer(random, ['postgres'])];
  while (workers.count < deaths && !isOver()) {
    workers.kill();
    if (workers.count >= deaths / 2 && database.count === 0) database.kill();
    await pause(random.between(50, 400)); /* the pace of misfortune */
  }
  return [workers, database];
}

/** Answers that nobody can excuse: neither heard, nor known to be unknown. */
function missing({ heard, phone }: Talker, turns: readonly Turn[], lost: readonly Unheard[]): number {
  const came = [...heard, ...lost.filter((one) => one.phone === phone).map(({ text }) => text)];
  return turns.flatMap(({ hears }) => hears).filter((beginning) => !came.some((text) => text.startsWith(beginning))).length;
}

/** Heard in another order than the bot said it. */
const isDisordered = ({ heard }: Talker, turns: readonly Turn[]): boolean => {
  const beginnings = turns.flatMap(({ hears }) => hears);
  const places = heard.map((text) => beginnings.findIndex((one) => text.startsWith(one)));
  return places.some((place, n) => place < (places[n - 1] ?? 0));
};

export async function bots(random: Chance): Promise<Outcome> {
  const bot = await aBot();
  const talkers: Talker[] = [];
  while (talkers.length < conversations) talkers.push(await Talker.enter(bot));
  const close = await listening(talkers);
  const leave = comforting(bot, talkers);
  let isOver = false;
  const talking = Promise.all(talkers.map((talker, n) => converse(bot, talker, way(n), random))).then(() => (isOver = true));
  const killers = await killing(random, () => isOver);
  await Promise.all(killers.map((killer) => killer.repaired()));
  await instance('wait');
  await Promise.race([talking, pause(PATIENCE_MS, undefined, { ref: false })]);
  const waiting = await left();
  await lab('GET', '/idle?timeout_ms=10000');
  leave();
  close();

  const passed_on = talkers.filter((_, n) => way(n) === PASSED_ON).length;
  const found = JSON.parse(await sql(readFileSync(new URL('bots.sql', import.meta.url), 'utf8'), { account: bot.account.id })) as Found;
  const lost = await unknown(bot);

  say('bots_conversations', talkers.length);
  for (const killer of killers) for (const [name, times] of killer.kills) remark(`${times} × ${name}`);
  say('bots_answers', talkers.reduce((total, { heard }) => total + heard.length, 0));
  say('bots_outcome_unknown', lost.length);
  return noneOf({
    bots_lost: talkers.reduce((total, talker, n) => total + missing(talker, way(n), lost), 0),
    bots_heard_twice: talkers.reduce((total, talker) => total + talker.heard.length - new Set(talker.heard).size, 0),
    bots_disordered: talkers.filter((talker, n) => isDisordered(talker, way(n))).length,
    bots_stuck: talkers.length - found.finished - found.transferred,
    bots_runs_doubled: found.runs - talkers.length,
    bots_tickets_doubled: found.tickets - talkers.length,
    bots_astray: Math.abs(found.transferred - passed_on),
    bots_said_twice: found.said_doubled,
    bots_entries_doubled: found.entries_doubled,
    bots_counted_wrong: found.counted_wrong,
    bots_untagged: found.untagged,
    bots_tags_doubled: found.tags_doubled,
    bots_notes_missing: Math.max(0, passed_on - found.notes),
    bots_notes_doubled: found.notes_doubled,
    bots_transfers_doubled: found.transfers_doubled,
    bots_ends_doubled: found.ends_doubled,
    bots_sends_failed: found.failed,
    bots_unterminated: waiting + (isOver ? 0 : 1),
  });
}
