/** A WhatsApp number that the flow of ten cards answers, and what people say to it: for whoever counts turns, or breaks them. */
import { readFileSync } from 'node:fs';
import http from 'node:http';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Schemas } from '../http/support/answer.ts';
import { aLiveFlow } from '../http/support/flows.ts';
import { lab } from '../http/support/lab.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { house } from './house.ts';
import { TEN_CARDS } from './steps.ts';

export type Bot = { account: Account; whatsapp: Whatsapp };

/** What a customer says, and how the answers begin that they wait for. */
export type Turn = { says: string; hears: readonly string[] };

const HELLO: Turn = { says: 'oi', hears: ['Protocolo ', 'Como posso ajudar?'] };

/** To its end by the bot alone. */
export const SOLVED: readonly Turn[] = [
  HELLO,
  { says: 'estou sem internet', hears: ['Qual é o CEP?'] },
  { says: '89801-000', hears: ['Posso ajudar em algo mais?'] },
  { says: 'não', hears: ['Anotado'] },
];

/** Until a person has to go on. */
export const PASSED_ON: readonly Turn[] = [
  HELLO,
  { says: 'contratar plano', hears: ['Qual é o CEP?'] },
  { says: '89801-000', hears: ['Vou chamar alguém.'] },
];

export async function aBot(): Promise<Bot> {
  const account = await anAccount();
  const [rafael, ana] = await Promise.all([account.as('rafael'), account.as('ana')]);
  const whatsapp = await aWhatsapp(account);
  /* The provider's own limits are not what is asked here. */
  await whatsapp.faults({ pair_rate: false, throughput_per_s: 0 });
  const tag = (await ana.post('/api/v1/tags', { name: 'Do robô' })).ok<Schemas['Tag']>(201);
  const document = readFileSync(TEN_CARDS, 'utf8')
    .replaceAll('department:1', `department:${account.departments['Vendas']}`)
    .replaceAll('tag:1', `tag:${tag.id}`)
    .replaceAll('reason:1', `reason:${account.reasons['Engano']}`);
  const flow = await aLiveFlow(rafael, JSON.parse(document) as object);
  (await rafael.put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: flow.id, channel_id: whatsapp.id }] })).ok();
  return { account, whatsapp };
}

/** Somebody with a phone and what it heard from the bot, in its order. */
export class Talker {
  readonly id: string;
  readonly phone: string;
  readonly heard: string[] = [];
  #missing: readonly string[] = [];
  #answered: (at_ms: number) => void = () => undefined;

  /** Known to the network, with an open window: what they say is posted by ourselves. */
  static async enter({ whatsapp }: Bot): Promise<Talker> {
    const { id, wa_id = '' } = await whatsapp.customer();
    await lab('PUT', `/chats/${whatsapp.number}/${id}/window`, { last_inbound_ago_ms: 0 });
    return new Talker(id, wa_id);
  }

  private constructor(id: string, phone: string) {
    this.id = id;
    this.phone = phone;
  }

  /** Settles with the moment when the last of these answers came; asked before it is spoken. */
  hears({ hears }: Turn): Promise<number> {
    this.#missing = hears;
    return new Promise((resolve) => (this.#answered = resolve));
  }

  hear(text: string, at_ms: number): void {
    this.heard.push(text);
    this.#strike(text, at_ms);
  }

  /** What will not come any more is not waited for. */
  misses(text: string): void {
    this.#strike(text, Date.now());
  }

  #strike(text: string, at_ms: number): void {
    const before = this.#missing.length;
    this.#missing = this.#missing.filter((beginning) => !text.startsWith(beginning));
    if (before > 0 && this.#missing.length === 0) this.#answered(at_ms);
  }
}

type Arrival = { at: string; person_id?: string; message: { type: string; text?: { body: string }; interactive?: { body: { text: string } } } };

/** Every phone hears what the lab brings to it, until it is closed. */
export function listening(talkers: readonly Talker[]): Promise<() => void> {
  const byId = new Map(talkers.map((talker) => [talker.id, talker]));
  const take = (block: string): void => {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (data === undefined) return;
    const { at, person_id = '', message } = JSON.parse(data) as Arrival;
    byId.get(person_id)?.hear(message.text?.body ?? message.interactive?.body.text ?? '', Date.parse(at));
  };
  return new Promise((resolve, reject) => {
    const request = http.get(`${house.lab}/lab/api/stream?kind=phone`, { agent: false }, (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('error', () => undefined); /* closed by us */
      response.on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        blocks.forEach(take);
        resolve(() => void request.destroy());
      });
    });
    request.on('error', reject);
  });
}
