import { makeTyping } from '@/lib/typing';

export type Typing = { who: string; member_id: number | null };

const typing = makeTyping<Typing>();

export const noteTyping = (ticket: number, who: string, member_id: number | null) =>
  typing.note(ticket, { who, member_id });
export const stopTyping = typing.stop;
export const useTyping = typing.useTyping;
