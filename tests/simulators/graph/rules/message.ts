/** The body of a message by its type: a row per type that the provider takes. */
import type { Chats } from '../../chats.ts';
import { DAY } from '../../clock.ts';
import type { Media } from '../../media/store.ts';
import type { BusinessNumber } from '../../numbers.ts';
import type { Templates } from '../../templates.ts';
import { GraphRefusal } from '../errors.ts';
import type { Param } from '../param.ts';
import { checkInteractive } from './interactive.ts';
import { checkMedia } from './media.ts';
import { checkTemplate } from './template.ts';

const TEXT_MAX = 4096;
const PLACE_MAX = 1000;
const CONTACTS_MAX = 257;
const REACTION_DAYS = 30;

export type Surroundings = {
  number: BusinessNumber;
  chats: Chats;
  templates: Templates;
  findMedia: (id: string) => Media | undefined;
  now_ms: number;
};

type Check = (body: Param, around: Surroundings) => void;

const TYPES: Record<string, Check> = {
  text: checkText,
  image: (body, { findMedia }) => checkMedia('image', body, findMedia),
  audio: (body, { findMedia }) => checkMedia('audio', body, findMedia),
  document: (body, { findMedia }) => checkMedia('document', body, findMedia),
  video: (body, { findMedia }) => checkMedia('video', body, findMedia),
  sticker: (body, { findMedia }) => checkMedia('sticker', body, findMedia),
  location: checkLocation,
  contacts: checkContacts,
  interactive: (body, { findMedia }) => checkInteractive(body, findMedia),
  reaction: checkReaction,
  template: (body, { number, templates, findMedia }) => void checkTemplate(body, number.waba_id, templates, findMedia),
};

/** Returns the type. A message without one is a text, as the provider has it. */
export function checkMessage(message: Param, around: Surroundings): string {
  const type = message.get('type').optional?.oneOf(Object.keys(TYPES), 100) ?? 'text';
  TYPES[type]?.(message.get(type), around);
  return type;
}

function checkText(text: Param): void {
  text.get('body').text(TEXT_MAX, 100);
  const preview = text.get('preview_url').optional;
  if (preview && typeof preview.value !== 'boolean') throw preview.wrong('must be true or false');
}

function checkLocation(location: Param): void {
  location.get('latitude').number(-90, 90);
  location.get('longitude').number(-180, 180);
  location.get('name').optional?.text(PLACE_MAX);
  location.get('address').optional?.text(PLACE_MAX);
}

function checkContacts(contacts: Param): void {
  for (const contact of contacts.list(1, CONTACTS_MAX)) {
    const name = contact.get('name');
    name.get('formatted_name').text(PLACE_MAX);
    const parts = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'];
    if (parts.every((part) => name.get(part).isAbsent)) {
      throw new GraphRefusal(131008, `${name.path} needs formatted_name and at least one of ${parts.join(', ')}`);
    }
    for (const phone of contact.get('phones').optional?.list(0, 20) ?? []) phone.get('phone').optional?.text(40);
  }
}

function checkReaction(reaction: Param, { number, chats, now_ms }: Surroundings): void {
  const id = reaction.get('message_id');
  const target = chats.find(number.phone_number_id, id.text(255));
  if (!target) throw id.wrong('is not a message of this number');
  if (now_ms - target.message.at_ms > REACTION_DAYS * DAY) throw id.wrong(`is older than ${REACTION_DAYS} days`);
  /* An empty text is how a reaction is taken back. */
  const emoji = reaction.get('emoji').required();
  if (typeof emoji !== 'string') throw reaction.get('emoji').wrong('must be a text');
  if (emoji !== '' && !/^\p{Extended_Pictographic}|^\p{Emoji}\uFE0F?\u20E3|^\p{RI}{2}/u.test(emoji)) {
    throw reaction.get('emoji').wrong('must be one emoji');
  }
}
