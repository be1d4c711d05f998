/** What the control API answers, as far as the page reads it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Fields = { [name: string]: any };

export type BusinessNumber = { phone_number_id: string; display_phone_number: string; verified_name: string; faults: Fields };
export type Channel = { kind: string; live: boolean };
export type Config = {
  public_url: string;
  channels: Channel[];
  numbers: BusinessNumber[];
  webchat: { channel_key: string; has_identity_key: boolean };
  clock: { now: string; ahead_ms: number };
  seq: number;
  pending: number;
};

export type Person = {
  id: string; name: string; wa_id?: string; user_id?: string; username?: string; note?: string;
  hides_phone: boolean; read_receipts: boolean; offline: boolean;
};

export type Message = {
  id: string; from: 'customer' | 'business'; at_ms: number; state: string; type: string; content: Fields;
  quoted_id?: string; reactions: { customer?: string; business?: string }; previous: string[]; is_revoked: boolean;
};

export type Chat = { messages: Message[]; is_typing: boolean; window_is_open: boolean; window_closes_at: string | null };

export type Entry = { seq: number; at: string; kind: string; phone_number_id?: string; person_id?: string } & Fields;

export type State = {
  config: Config;
  people: Person[];
  channel: string;
  number: string;
  person: string;
  chat: Chat | null;
  entries: Entry[];
  replying: Message | null;
  editing: Message | null;
  /** The list message whose options are open. */
  choosing: Message | null;
};
