/** One person talking with one number: what the phone does and what the phone shows. */
import type { Chat, ChatMessage } from '../chats.ts';
import { SERVICE_WINDOW_MS } from '../chats.ts';
import { customerSends } from '../customer.ts';
import { playedByCustomer, readByCustomer } from '../outgoing.ts';
import { found, Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type ControlRequest, type ControlRoutes, numberOf, objectBody, personOf } from './request.ts';

export const chatRoutes: ControlRoutes = {
  'GET /chats/:number/:person': (request) => view(request.context.world, chatOf(request)),

  /** The phone forgets the conversation, and with it the window. The product is not told. */
  'DELETE /chats/:number/:person': (request) => {
    request.context.world.chats.forget(numberOf(request).phone_number_id, personOf(request).id);
    request.context.world.journal.add({ kind: 'reset' }, about(request));
    return { removed: true };
  },

  /** Only what the business sent and the phone has. */
  'GET /chats/:number/:person/received': (request) => ({
    data: chatOf(request).messages.filter((message) => message.from === 'business' && isOnPhone(message)),
  }),

  'POST /chats/:number/:person/messages': async (request) =>
    customerSends(request.context.world, numberOf(request), personOf(request), await objectBody(request.req)),

  'POST /chats/:number/:person/read': async (request) => ({
    read: await readByCustomer(request.context.world, numberOf(request), personOf(request)),
  }),

  'POST /chats/:number/:person/played': async (request) => {
    const { world } = request.context;
    const { message_id } = await objectBody(request.req);
    const { message } = found(world.chats.find(numberOf(request).phone_number_id, String(message_id)), 'message');
    await playedByCustomer(world, numberOf(request), personOf(request), message);
    return { state: message.state };
  },

  /** Opens or closes the 24 h window without a message: how long ago the customer "last wrote". */
  'PUT /chats/:number/:person/window': async (request) => {
    const { world } = request.context;
    const { last_inbound_ago_ms } = await objectBody(request.req);
    if (typeof last_inbound_ago_ms !== 'number') throw new Refusal(400, 'last_inbound_ago_ms must be a number');
    const chat = chatOf(request);
    chat.last_inbound_ms = world.clock.now() - last_inbound_ago_ms;
    return { is_open: world.chats.windowIsOpen(chat) };
  },
};

function chatOf(request: ControlRequest): Chat {
  return request.context.world.chats.open(numberOf(request).phone_number_id, personOf(request).id);
}

function about(request: ControlRequest): { phone_number_id: string; person_id: string } {
  return { phone_number_id: numberOf(request).phone_number_id, person_id: personOf(request).id };
}

function isOnPhone({ from, state }: ChatMessage): boolean {
  return from === 'customer' || state === 'delivered' || state === 'read' || state === 'played';
}

function view(world: World, chat: Chat): unknown {
  return {
    phone_number_id: chat.phone_number_id,
    person_id: chat.person_id,
    messages: chat.messages.filter(isOnPhone),
    is_typing: chat.typing_until_ms > world.clock.now(),
    window_closes_at: chat.last_inbound_ms === 0 ? null : new Date(chat.last_inbound_ms + SERVICE_WINDOW_MS).toISOString(),
    window_is_open: world.chats.windowIsOpen(chat),
    seq: world.journal.seq,
  };
}
