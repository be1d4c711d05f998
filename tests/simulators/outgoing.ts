/**
 * What becomes of a message of the business after the Graph API accepted it: it reaches the phone, or it fails, and
 * the business is told. The answer of the API only said "accepted".
 */
import { type Chat, type ChatMessage, SERVICE_WINDOW_MS } from './chats.ts';
import { branch, isObject, type JsonObject, textOf } from './json.ts';
import { fetchLink } from './media/link.ts';
import type { MediaKind } from './media/kinds.ts';
import type { BusinessNumber } from './numbers.ts';
import type { Person } from './people.ts';
import { type Price, tellStatus, type Told } from './statuses.ts';
import { fill } from './templates.ts';
import type { World } from './world.ts';

export type Fate = { code: number; details: string };

export type Sending = {
  number: BusinessNumber;
  person?: Person | undefined;
  dialled?: string | undefined;
  id: string;
  type: string;
  /** The whole body of the call. */
  body: JsonObject;
  /** Why it will fail although it was accepted. */
  fate?: Fate | undefined;
};

const MEDIA: readonly string[] = ['image', 'audio', 'document', 'video', 'sticker'] satisfies MediaKind[];

/** Writes the accepted message into the conversation, at once: later calls may quote it. */
export function accept(world: World, sending: Sending): Told {
  const { number, person, dialled, fate } = sending;
  const chat = person && world.chats.open(number.phone_number_id, person.id);
  const told: Told = { number, person, dialled, message: written(world, sending), price: priceOf(world, sending, chat) };
  if (fate) told.message.error = fate;
  if (chat && sending.type !== 'reaction') world.chats.add(chat, told.message);
  /* "Typing" ends with the message it announced. */
  if (chat) chat.typing_until_ms = 0;
  return told;
}

/** Carries it to the phone and tells the statuses; resolves when the first attempts at telling are over. */
export async function carry(world: World, told: Told): Promise<void> {
  const { person, message } = told;
  const linkTrouble = message.error ? undefined : await bringLink(world, told);
  if (linkTrouble !== undefined) message.error = { code: 131053, details: linkTrouble };
  if (message.error || !person) return fail(world, told);

  message.state = 'sent';
  const sent = tellStatus(world, told, 'sent');
  if (person.offline) return sent;
  await Promise.all([sent, arrive(world, told)]);
}

/** What was waiting for a phone that was off the network. */
export async function carryWaiting(world: World, person: Person): Promise<void> {
  const waiting = world.chats.of(person.id).flatMap(({ phone_number_id, messages }) => {
    const number = world.numbers.get(phone_number_id);
    return messages
      .filter((message) => message.from === 'business' && message.state === 'sent')
      .flatMap((message) => (number ? [{ number, person, message, price: SERVICE }] : []));
  });
  await Promise.all(waiting.map((told) => arrive(world, told)));
}

/** The person looked at the conversation: everything unread of the business becomes read. */
export async function readByCustomer(world: World, number: BusinessNumber, person: Person): Promise<string[]> {
  const unread = world.chats
    .open(number.phone_number_id, person.id)
    .messages.filter(({ from, state }) => from === 'business' && (state === 'sent' || state === 'delivered'));
  const arrived = person.offline ? [] : unread;
  await Promise.all(arrived.map((message) => advance(world, { number, person, message, price: SERVICE }, 'read')));
  return arrived.map(({ id }) => id);
}

/** First play of a voice message. */
export async function playedByCustomer(world: World, number: BusinessNumber, person: Person, message: ChatMessage): Promise<void> {
  if (message.type === 'audio' && message.state !== 'played') {
    await advance(world, { number, person, message, price: SERVICE }, 'played');
  }
}

/** Statuses after the first ones say nothing of prices. */
const SERVICE: Price = { category: 'service', isFree: true };

async function arrive(world: World, told: Told): Promise<void> {
  const { number, person, message } = told;
  if (!person) return;
  if (message.type === 'reaction') react(world, number, message.content);
  message.state = 'delivered';
  world.journal.add(
    { kind: 'phone', message_id: message.id, message: { type: message.type, [message.type]: message.content } },
    { phone_number_id: number.phone_number_id, person_id: person.id },
  );
  if (!world.faults.get(number.phone_number_id).no_delivered) await tellStatus(world, told, 'delivered');
}

async function advance(world: World, told: Told, state: 'read' | 'played'): Promise<void> {
  told.message.state = state;
  if (told.person?.read_receipts) await tellStatus(world, told, state);
}

function fail(world: World, told: Told): Promise<void> {
  told.message.state = 'failed';
  told.message.error ??= { code: 131026, details: 'Message undeliverable.' };
  return tellStatus(world, told, 'failed');
}

function react(world: World, number: BusinessNumber, reaction: JsonObject): void {
  const target = world.chats.find(number.phone_number_id, textOf(reaction['message_id']) ?? '')?.message;
  if (!target) return;
  const emoji = textOf(reaction['emoji']) ?? '';
  if (emoji === '') delete target.reactions.business;
  else target.reactions.business = emoji;
}

function written(world: World, { number, id, type, body }: Sending): ChatMessage {
  const quoted = textOf(branch(body, 'context')['message_id']);
  const callback = textOf(body['biz_opaque_callback_data']);
  return {
    id, type, from: 'business', at_ms: world.clock.now(), state: 'accepted',
    content: contentOf(world, number, type, body),
    reactions: {}, previous: [], is_revoked: false,
    ...(quoted === undefined ? {} : { quoted_id: quoted }),
    ...(callback === undefined ? {} : { callback_data: callback }),
  };
}

/** The body of the type, with what a phone needs beyond it: facts of the media, words of the template. */
function contentOf(world: World, number: BusinessNumber, type: string, body: JsonObject): JsonObject {
  const content = body[type];
  if (type === 'contacts') return { contacts: content ?? [] };
  if (type === 'template') {
    const template = branch(body, 'template');
    const known = world.templates.find(
      number.waba_id, String(template['name']), String(branch(template, 'language')['code']),
    );
    const components = template['components'];
    return known ? withMedia(world, fill(known, Array.isArray(components) ? components : [])) : { ...template };
  }
  if (!isObject(content)) return {};
  return withMedia(world, MEDIA.includes(type) ? { ...content, ...facts(world, content) } : { ...content });
}

/** Headers with a picture, a video or a document. */
function withMedia(world: World, content: JsonObject): JsonObject {
  const header = branch(content, 'header');
  const kind = textOf(header['type']);
  if (kind === undefined || !MEDIA.includes(kind)) return content;
  const media = branch(header, kind);
  return { ...content, header: { ...header, [kind]: { ...media, ...facts(world, media) } } };
}

function facts(world: World, content: JsonObject): JsonObject {
  const media = world.media.get(textOf(content['id']) ?? '');
  if (!media) return {};
  return {
    mime_type: media.mime_type,
    size_bytes: media.bytes.length,
    ...(content['filename'] === undefined && media.filename !== undefined ? { filename: media.filename } : {}),
  };
}

/** Media by `link` is fetched once accepted, as the provider does; what fails there fails by a status. */
async function bringLink(world: World, { number, message }: Told): Promise<string | undefined> {
  const link = textOf(message.content['link']);
  if (link === undefined || !MEDIA.includes(message.type)) return undefined;
  const brought = await fetchLink(link, message.type as MediaKind);
  if ('trouble' in brought) return brought.trouble;
  const media = world.media.add({
    phone_number_id: number.phone_number_id, mime_type: brought.mime_type, bytes: brought.bytes, from: 'business',
  });
  Object.assign(message.content, { id: media.id }, facts(world, { id: media.id }));
  return undefined;
}

function priceOf(world: World, { type, body, number }: Sending, chat: Chat | undefined): Price {
  if (type !== 'template') return SERVICE;
  const template = branch(body, 'template');
  const known = world.templates.find(number.waba_id, String(template['name']), String(branch(template, 'language')['code']));
  const category = (known?.category ?? 'UTILITY').toLowerCase();
  const isInWindow = chat !== undefined && world.clock.now() - chat.last_inbound_ms < SERVICE_WINDOW_MS;
  return { category, isFree: category === 'utility' && isInWindow };
}
