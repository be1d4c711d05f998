import type { Schema } from '@/api/client';

type Pages = Schema['FlowPages'];

/** What a page wants of a flow: to read along, to write while nobody else does, or the pencil of whoever has it. */
export type Wish = 'read' | 'write' | 'ask';

/**
 * What it wants next, now that it knows who else is there. Whoever is asked lets go as soon as nothing of theirs waits
 * to be saved; whoever did not get the pencil reads along until a hand asks for it. But for a page that has just been
 * opened: whom it met may have been leaving, and then it is theirs without asking.
 */
export function nextWish(wish: Wish, { pencil }: Pages, isBusy: boolean, isNew = false): Wish {
  if (pencil?.is_here) return pencil.asked_by === null || isBusy ? 'write' : 'read';
  if (wish === 'ask') return pencil ? 'ask' : 'write';
  return wish === 'write' && isNew ? 'write' : 'read';
}

/** Who writes, as this page sees it. */
export type Hold =
  | { by: 'nobody' }
  | { by: 'me'; askedBy: number | null }
  | { by: 'another'; memberId: number; since: string };

export function holdOf({ pencil }: Pages): Hold {
  if (!pencil) return { by: 'nobody' };
  return pencil.is_here
    ? { by: 'me', askedBy: pencil.asked_by }
    : { by: 'another', memberId: pencil.member_id, since: pencil.since };
}

/** Everybody else who has it open, each once. */
export const othersIn = ({ pages }: Pages, me: number) => [
  ...new Set(pages.map(({ member_id }) => member_id).filter((id) => id !== me)),
];
