/**
 * What a customer can do on the phone. The draft is a message in the provider's own shape; the lab adds what the
 * network would: ids, time, sender, facts of the media. Types it has never heard of go through untouched.
 */
import type { ChatMessage } from './chats.ts';
import { DAY, MINUTE, unixSeconds } from './clock.ts';
import { messageId } from './ids.ts';
import { branch, isObject, type Json, type JsonObject, textOf } from './json.ts';
import { bareType } from './media/kinds.ts';
import { sample, type SampleKind } from './media/samples.ts';
import { isAnimatedWebp } from './media/sniff.ts';
import type { Media } from './media/store.ts';
import { type BusinessNumber, digitsOf } from './numbers.ts';
import { type Person, visiblePhone } from './people.ts';
import { found, Refusal } from './refusal.ts';
import { messageUpdate, who } from './webhook/envelope.ts';
import type { World } from './world.ts';

const EDIT_MS = 15 * MINUTE;
const REVOKE_MS = 2 * DAY;
const REACTION_MS = 30 * DAY;

const MEDIA = ['image', 'audio', 'document', 'video', 'sticker'];

/** These change a message that exists instead of adding one. */
const CHANGES = ['reaction', 'edit', 'revoke'];

/** Somebody else's doing, or a taking back: no sign that the customer wants to talk. */
const KEEPS_WINDOW = ['system', 'revoke'];

export function customerSends(world: World, number: BusinessNumber, person: Person, draft: JsonObject): { message_id: string } {
  const chat = world.chats.open(number.phone_number_id, person.id);
  const wanted = draft['type'] === 'choice' ? choose(world, number, draft) : draft;
  const type = textOf(wanted['type']);
  if (type === undefined) throw new Refusal(400, 'a message has a type');
  const id = textOf(wanted['id']) ?? messageId();
  const now = world.clock.now();

  const content = MEDIA.includes(type) ? mediaContent(world, number, type, branch(wanted, type)) : wanted[type];
  if (CHANGES.includes(type)) change(world, number, type, content);
  const sender = type === 'system' ? systemEvent(world, person, content) : person;
  const message: JsonObject = {
    ...wanted,
    ...(content === undefined ? {} : { [type]: content }),
    ...context(number, person, world, wanted),
    ...who(sender, 'from', 'from_user_id'),
    id,
    timestamp: textOf(wanted['timestamp']) ?? unixSeconds(now),
    type,
  };

  const written: ChatMessage = {
    id, type, from: 'customer', at_ms: now, state: 'sent',
    content: isObject(content) ? { ...content } : { [type]: content ?? null },
    reactions: {}, previous: [], is_revoked: false,
    ...quotedId(wanted),
  };
  if (!CHANGES.includes(type)) world.chats.add(chat, written);
  if (!KEEPS_WINDOW.includes(type)) chat.last_inbound_ms = now;
  world.journal.add(
    { kind: 'customer', act: type, message_id: id, message },
    { phone_number_id: number.phone_number_id, person_id: person.id },
  );
  const update = messageUpdate(number, sender, message);
  update.received = () => {
    if (written.state === 'sent') written.state = 'delivered';
  };
  void world.deliverer.send(number.phone_number_id, update, person.id);
  return { message_id: id };
}

/** `{type: 'choice', message_id, choice_id}`: presses a button or picks a row of a message on the phone. */
function choose(world: World, number: BusinessNumber, draft: JsonObject): JsonObject {
  const message_id = textOf(draft['message_id']) ?? '';
  const choice = textOf(draft['choice_id']) ?? '';
  const { message } = found(world.chats.find(number.phone_number_id, message_id), 'message');
  const context = { id: message_id };
  if (message.type === 'template') {
    const button = listOf(message.content['buttons']).find(({ payload }) => payload === choice);
    const { text, payload } = found(button, 'button');
    return { type: 'button', context, button: { payload: payload ?? '', text: text ?? '' } };
  }
  const action = branch(message.content, 'action');
  const button = listOf(action['buttons']).map((one) => branch(one, 'reply')).find(({ id }) => id === choice);
  if (button) return { type: 'interactive', context, interactive: { type: 'button_reply', button_reply: button } };
  const row = listOf(action['sections']).flatMap(({ rows }) => listOf(rows)).find(({ id }) => id === choice);
  return { type: 'interactive', context, interactive: { type: 'list_reply', list_reply: found(row, 'choice') } };
}

/** Bytes come as an id of the lab's shelf, as base64, or as one of the lab's samples. */
function mediaContent(world: World, number: BusinessNumber, type: string, draft: JsonObject): JsonObject {
  const { data_base64, sample: isSample, ...rest } = draft;
  const media = mediaOf(world, number, type, draft);
  return {
    ...rest,
    id: media.id,
    mime_type: media.mime_type,
    sha256: media.digest.toString('base64'),
    url: world.origin + world.media.address(media),
    ...(type === 'document' ? { filename: textOf(draft['filename']) ?? media.filename ?? 'documento' } : {}),
    ...(type === 'sticker' ? { animated: isAnimatedWebp(media.bytes) } : {}),
    ...(type === 'audio' ? { voice: draft['voice'] ?? true } : {}),
  };
}

function mediaOf(world: World, number: BusinessNumber, type: string, draft: JsonObject): Media {
  const owner = { phone_number_id: number.phone_number_id, from: 'customer' } as const;
  const filename = textOf(draft['filename']);
  const named = filename === undefined ? {} : { filename };
  if (draft['sample'] === true) return world.media.add({ ...owner, ...sample(type as SampleKind), ...named });
  const data = textOf(draft['data_base64']);
  if (data !== undefined) {
    const mime_type = textOf(draft['mime_type']);
    if (mime_type === undefined) throw new Refusal(400, `${type}.mime_type is needed with data_base64`);
    return world.media.add({ ...owner, mime_type, bytes: Buffer.from(data, 'base64'), ...named });
  }
  const media = found(world.media.get(textOf(draft['id']) ?? ''), `${type}.id`);
  media.phone_number_id = number.phone_number_id;
  if (type === 'audio' && bareType(media.mime_type) === 'audio/ogg') media.mime_type = 'audio/ogg; codecs=opus';
  return media;
}

function change(world: World, number: BusinessNumber, type: string, content: Json | undefined): void {
  const body = isObject(content) ? content : {};
  const target_id = textOf(body[type === 'reaction' ? 'message_id' : 'original_message_id']) ?? '';
  const { message } = found(world.chats.find(number.phone_number_id, target_id), 'message');
  const age_ms = world.clock.now() - message.at_ms;
  if (type === 'reaction') {
    if (age_ms > REACTION_MS) throw new Refusal(409, 'only messages of the last 30 days take reactions');
    const emoji = textOf(body['emoji']) ?? '';
    if (emoji === '') delete message.reactions.customer;
    else message.reactions.customer = emoji;
    return;
  }
  if (message.from !== 'customer' || message.is_revoked) throw new Refusal(409, 'only own messages can be changed');
  if (type === 'revoke') {
    if (age_ms > REVOKE_MS) throw new Refusal(409, 'a message can be deleted within 2 days');
    message.is_revoked = true;
    return;
  }
  if (age_ms > EDIT_MS) throw new Refusal(409, 'a message can be edited within 15 minutes');
  const next = branch(body, 'message');
  message.previous.push(textOf(message.content['body']) ?? textOf(message.content['caption']) ?? '');
  Object.assign(message.content, branch(next, String(next['type'])));
}

/** A change of number speaks of the old one and leaves a person with a new phone and a new user id. */
function systemEvent(world: World, person: Person, content: Json | undefined): Person {
  const event = isObject(content) ? content : {};
  const wa_id = textOf(event['wa_id']);
  const user_id = textOf(event['user_id']);
  const before = { ...person };
  if (event['type'] === 'user_changed_number' && wa_id !== undefined) world.people.changePhone(person, wa_id);
  if (event['type'] === 'user_changed_user_id' && user_id !== undefined) world.people.save({ ...person, user_id });
  return before;
}

function context(number: BusinessNumber, person: Person, world: World, draft: JsonObject): JsonObject {
  const given = draft['context'];
  if (!isObject(given)) return {};
  const id = textOf(given['id']);
  if (id === undefined) return { context: given };
  const quoted = found(world.chats.find(number.phone_number_id, id), 'quoted message').message;
  const from = quoted.from === 'business' ? digitsOf(number) : visiblePhone(person);
  return { context: { ...(from === undefined ? {} : { from }), ...given } };
}

function quotedId(draft: JsonObject): { quoted_id?: string } {
  const id = draft['type'] === 'interactive' || draft['type'] === 'button' ? undefined : textOf(branch(draft, 'context')['id']);
  return id === undefined ? {} : { quoted_id: id };
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
