/**
 * POST /{phone_number_id}/messages. The order of the gates: is the call well formed, is something broken on purpose,
 * is a rate over, may this person be written to. Everything after the first gate can be refused later, by a status.
 */
import { chatKey } from '../chats.ts';
import { SECOND } from '../clock.ts';
import type { Mode } from '../faults.ts';
import { messageId } from '../ids.ts';
import { branch, type JsonObject } from '../json.ts';
import { kindOf } from '../media/kinds.ts';
import { type BusinessNumber, digitsOf } from '../numbers.ts';
import { accept, carry, type Fate } from '../outgoing.ts';
import type { Person } from '../people.ts';
import { dialled } from '../wa-id.ts';
import type { World } from '../world.ts';
import type { Call, Reply } from './call.ts';
import { errorTitle, GraphRefusal } from './errors.ts';
import { numberNode } from './number.ts';
import { Param } from './param.ts';
import { checkMessage } from './rules/message.ts';

const CALLBACK_DATA_MAX = 512;
const TYPING_MS = 25 * SECOND;

type Recipient = { person?: Person; dialled?: string; input: string };

export async function postMessage(call: Call): Promise<Reply> {
  const { world } = call;
  const number = numberNode(call);
  const body = await call.body();
  const message = new Param(body, '');
  if (body['messaging_product'] !== 'whatsapp') throw new GraphRefusal(100, 'The parameter messaging_product is required.');
  if (body['status'] !== undefined) return markRead(world, number, message);

  breakOnPurpose(world, number);
  const recipient = recipientOf(world, number, message);
  const type = checkMessage(message, {
    number, chats: world.chats, templates: world.templates, now_ms: world.clock.now(),
    findMedia: (id) => mediaOf(world, number, id),
  });
  checkSurroundings(world, number, message, type);
  limitRates(world, number, recipient);
  const fate = refuseOrFate(world, number, recipient, type, body);
  return send(world, { number, recipient, type, body, fate });
}

async function send(
  world: World,
  { number, recipient, type, body, fate }: {
    number: BusinessNumber; recipient: Recipient; type: string; body: JsonObject; fate: Fate | undefined;
  },
): Promise<Reply> {
  const faults = world.faults.get(number.phone_number_id);
  const hang = world.faults.take(number.phone_number_id, 'hang_next');
  if (hang === 'lost') return { body: {}, hang: true };

  const id = messageId();
  const told = accept(world, { number, person: recipient.person, dialled: recipient.dialled, id, type, body, fate });
  const reply: Reply = { body: accepted(recipient, id, type) };
  const go = (): void => world.deliverer.track(carry(world, told));
  if (hang === 'accepted') {
    go();
    return { ...reply, hang: true };
  }
  if (faults.status_before_response) {
    await carry(world, told);
    return reply;
  }
  return { ...reply, afterwards: go };
}

function accepted({ person, dialled: digits, input }: Recipient, id: string, type: string): JsonObject {
  const wa_id = digits === undefined ? undefined : (person?.wa_id ?? digits);
  return {
    messaging_product: 'whatsapp',
    contacts: [{
      input,
      ...(wa_id === undefined ? {} : { wa_id }),
      ...(person?.user_id === undefined ? {} : { user_id: person.user_id }),
    }],
    messages: [{ id, ...(type === 'template' ? { message_status: 'accepted' } : {}) }],
  };
}

function breakOnPurpose(world: World, { phone_number_id }: BusinessNumber): void {
  if (world.faults.take(phone_number_id, 'answer_429_next') > 0) {
    throw new GraphRefusal(130429, 'Cloud API message throughput has been reached.', { http: 429 });
  }
  if (world.faults.take(phone_number_id, 'answer_500_next') > 0) {
    throw new GraphRefusal(131000, 'Message failed to send due to an unknown error.', { http: 500 });
  }
}

function recipientOf(world: World, number: BusinessNumber, message: Param): Recipient {
  message.get('recipient_type').optional?.oneOf(['individual']);
  const to = message.get('to').optional;
  if (to) {
    const input = to.text(64);
    const digits = dialled(input, digitsOf(number));
    if (digits === undefined) throw to.wrong('is not a phone number');
    if (digits === digitsOf(number)) {
      throw new GraphRefusal(131021, 'Sender and recipient phone number is the same.');
    }
    const person = world.people.byPhone(digits);
    return { input, dialled: digits, ...(person ? { person } : {}) };
  }
  const recipient = message.get('recipient').optional;
  if (!recipient) throw new GraphRefusal(100, 'The parameter to is required.');
  const input = recipient.text(131);
  if (!/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/.test(input)) throw recipient.wrong('is not a business-scoped user id');
  const person = world.people.byUserId(input);
  return { input, ...(person ? { person } : {}) };
}

function checkSurroundings(world: World, number: BusinessNumber, message: Param, type: string): void {
  message.get('biz_opaque_callback_data').optional?.text(CALLBACK_DATA_MAX);
  const quoted = message.get('context').optional?.get('message_id');
  if (quoted && type === 'reaction') throw quoted.wrong('is not taken with a reaction');
  if (quoted && !world.chats.find(number.phone_number_id, quoted.text(255))) {
    throw quoted.wrong('is not a message of this number');
  }
}

function limitRates(world: World, number: BusinessNumber, { person, input }: Recipient): void {
  const { throughput_per_s, pair_rate } = world.faults.get(number.phone_number_id);
  if (!world.buckets.takeThroughput(number.phone_number_id, throughput_per_s)) {
    throw new GraphRefusal(130429, 'Cloud API message throughput has been reached.');
  }
  if (!world.buckets.takePair(chatKey(number.phone_number_id, person?.id ?? input), pair_rate)) {
    throw new GraphRefusal(131056, 'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.');
  }
}

/** Throws what is refused in the answer; returns what will be refused by a status. */
function refuseOrFate(world: World, number: BusinessNumber, recipient: Recipient, type: string, body: JsonObject): Fate | undefined {
  const faults = world.faults.get(number.phone_number_id);
  const decide = (mode: Mode, fate: Fate): Fate => {
    if (mode === 'sync') throw new GraphRefusal(fate.code, fate.details);
    return fate;
  };

  const asked = world.faults.take(number.phone_number_id, 'refuse_next');
  if (asked) return decide(asked.mode, { code: asked.code, details: asked.details ?? errorTitle(asked.code) });

  const { person } = recipient;
  if (!person) {
    return decide(faults.refusal_mode, { code: 131026, details: 'Message undeliverable: the recipient is not on WhatsApp.' });
  }
  if (type === 'template') {
    requirePhoneForCodes(world, number, recipient, body);
    return undefined;
  }
  const isOpen = world.chats.windowIsOpen(world.chats.open(number.phone_number_id, person.id));
  if (isOpen && !faults.window_closed) return undefined;
  return decide(faults.window_closed?.mode ?? faults.refusal_mode, {
    code: 131047,
    details: 'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  });
}

/** A one-time code goes to a phone that was proved, never to a user id alone. */
function requirePhoneForCodes(world: World, number: BusinessNumber, { dialled: digits }: Recipient, body: JsonObject): void {
  const template = branch(body, 'template');
  const known = world.templates.find(number.waba_id, String(template['name']), String(branch(template, 'language')['code']));
  if (known?.category === 'AUTHENTICATION' && digits === undefined) {
    throw new GraphRefusal(131062, 'Authentication templates need a phone number.');
  }
}

/** Read mark, with or without the typing bubble. It marks everything before it too. */
function markRead(world: World, number: BusinessNumber, body: Param): Reply {
  body.get('status').oneOf(['read']);
  const id = body.get('message_id');
  const found = world.chats.find(number.phone_number_id, id.text(255));
  if (found?.message.from !== 'customer') throw id.wrong('is not a message received by this number');
  const typing = body.get('typing_indicator').optional;
  typing?.get('type').oneOf(['text']);

  const { chat, message } = found;
  for (const one of chat.messages) {
    if (one.from === 'customer' && one.at_ms <= message.at_ms) one.state = 'read';
  }
  if (typing) chat.typing_until_ms = world.clock.now() + TYPING_MS;
  world.journal.add(
    { kind: 'business_read', message_id: message.id, typing: typing !== undefined },
    { phone_number_id: number.phone_number_id, person_id: chat.person_id },
  );
  return { body: { success: true } };
}

function mediaOf(world: World, number: BusinessNumber, id: string): ReturnType<World['media']['get']> {
  const media = world.media.get(id);
  const isOurs = media?.phone_number_id === number.phone_number_id && kindOf(media.mime_type) !== undefined;
  return isOurs ? media : undefined;
}

