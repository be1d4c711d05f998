/** Status webhooks: what the business learns about a message it sent. */
import type { ChatMessage, MessageState } from './chats.ts';
import { DAY, unixSeconds } from './clock.ts';
import { statusError } from './graph/errors.ts';
import { opaqueId } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { BusinessNumber } from './numbers.ts';
import { type Person, visiblePhone } from './people.ts';
import { statusUpdate } from './webhook/envelope.ts';
import type { World } from './world.ts';

/** What a message costs, decided when it is accepted: it depends on the window of that moment. */
export type Price = { category: string; isFree: boolean };

export type Told = {
  number: BusinessNumber;
  /** Absent when the message went to a number that nobody has. */
  person?: Person | undefined;
  /** Digits that were dialled; absent when a user id was used. */
  dialled?: string | undefined;
  message: ChatMessage;
  price: Price;
};

/** From this version on the webhook has no `conversation`. */
const LAST_VERSION_WITH_CONVERSATION = 23;

/** Journals the state and sends the webhook; resolves after the first attempt to deliver it. */
export function tellStatus(world: World, told: Told, status: MessageState): Promise<void> {
  const { number, person, message } = told;
  const about = { phone_number_id: number.phone_number_id, ...(person ? { person_id: person.id } : {}) };
  world.journal.add(
    {
      kind: 'status', message_id: message.id, status,
      ...(status === 'failed' && message.error ? { code: message.error.code } : {}),
      ...(message.callback_data === undefined ? {} : { callback_data: message.callback_data }),
    },
    about,
  );
  const body = statusBody(told, status, world.clock.now());
  return world.deliverer.send(number.phone_number_id, statusUpdate(number, person, body), person?.id);
}

export function statusBody({ number, person, dialled, message, price }: Told, status: MessageState, now_ms: number): JsonObject {
  const phone = person ? visiblePhone(person) : dialled;
  return {
    id: message.id,
    status,
    timestamp: unixSeconds(now_ms),
    ...(phone === undefined ? {} : { recipient_id: phone }),
    ...(person?.user_id === undefined ? {} : { recipient_user_id: person.user_id }),
    ...(message.callback_data === undefined ? {} : { biz_opaque_callback_data: message.callback_data }),
    ...(status === 'failed' ? { errors: [statusError(message.error?.code ?? 131000, message.error?.details ?? '')] } : {}),
    ...(status === 'sent' || status === 'delivered' ? { ...conversation(number, price, status, now_ms), pricing: pricing(price) } : {}),
  };
}

function conversation(number: BusinessNumber, { category }: Price, status: MessageState, now_ms: number): JsonObject {
  if (Number.parseInt(number.api_version.slice(1), 10) > LAST_VERSION_WITH_CONVERSATION) return {};
  return {
    conversation: {
      id: opaqueId(),
      ...(status === 'sent' ? { expiration_timestamp: unixSeconds(now_ms + DAY) } : {}),
      origin: { type: category },
    },
  };
}

function pricing({ category, isFree }: Price): JsonObject {
  return { billable: !isFree, pricing_model: 'PMP', type: isFree ? 'free_customer_service' : 'regular', category };
}
