/** Conversations as the customer's phone holds them: one per (business number, person). */
import type { Clock } from './clock.ts';
import { DAY } from './clock.ts';
import type { JsonObject } from './json.ts';

/**
 * Of the business: accepted → sent → delivered → read → played, or failed.
 * Of the customer: sent (on its way), delivered (the product answered 200), read (the product said so).
 */
export type MessageState = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export type ChatMessage = {
  id: string;
  from: 'customer' | 'business';
  at_ms: number;
  state: MessageState;
  type: string;
  /** The body of that type, in the provider's own shape; media carry what the phone needs to show them. */
  content: JsonObject;
  quoted_id?: string;
  reactions: { customer?: string; business?: string };
  /** Texts before each edit, oldest first. */
  previous: string[];
  is_revoked: boolean;
  callback_data?: string;
  error?: { code: number; details: string };
};

export type Chat = {
  phone_number_id: string;
  person_id: string;
  messages: ChatMessage[];
  /** 0: the person never wrote, so the window never opened. */
  last_inbound_ms: number;
  /** The business shows "typing" until then. */
  typing_until_ms: number;
};

export const SERVICE_WINDOW_MS = DAY;

export class Chats {
  #clock: Clock;
  #chats = new Map<string, Chat>();
  #messages = new Map<string, { chat: Chat; message: ChatMessage }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(phone_number_id: string, person_id: string): Chat {
    const key = chatKey(phone_number_id, person_id);
    const chat = this.#chats.get(key) ?? {
      phone_number_id, person_id, messages: [], last_inbound_ms: 0, typing_until_ms: 0,
    };
    this.#chats.set(key, chat);
    return chat;
  }

  add(chat: Chat, message: ChatMessage): void {
    chat.messages.push(message);
    this.#messages.set(message.id, { chat, message });
  }

  /** A message of this number by its id, with the chat it stands in. */
  find(phone_number_id: string, message_id: string): { chat: Chat; message: ChatMessage } | undefined {
    const found = this.#messages.get(message_id);
    return found?.chat.phone_number_id === phone_number_id ? found : undefined;
  }

  windowIsOpen(chat: Chat): boolean {
    return this.#clock.now() - chat.last_inbound_ms < SERVICE_WINDOW_MS;
  }

  of(person_id: string): Chat[] {
    return [...this.#chats.values()].filter((chat) => chat.person_id === person_id);
  }

  forget(phone_number_id: string, person_id: string): void {
    const chat = this.#chats.get(chatKey(phone_number_id, person_id));
    for (const { id } of chat?.messages ?? []) this.#messages.delete(id);
    this.#chats.delete(chatKey(phone_number_id, person_id));
  }

  clear(): void {
    this.#chats.clear();
    this.#messages.clear();
  }
}

export function chatKey(phone_number_id: string, person_id: string): string {
  return `${phone_number_id} ${person_id}`;
}
