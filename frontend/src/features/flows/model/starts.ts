import type { Wish } from '../api';

/** In the order in which they are offered. */
export const KINDS = ['channel', 'first_text', 'ad', 'link', 'department', 'survey'] as const;
type Kind = Wish['kind'];

/** Begun by something that somebody writes down here: how long it may be, and how the wish says it. */
const WRITTEN = {
  first_text: { max: 100, say: (first_text: string) => ({ first_text }) },
  ad: { max: 64, say: (ad_id: string) => ({ ad_id }) },
  link: { max: 64, say: (ref: string) => ({ ref }) },
} as const;
export type WrittenKind = keyof typeof WRITTEN;

export const isWritten = (kind: Kind): kind is WrittenKind => kind in WRITTEN;
export const maxOf = (kind: WrittenKind) => WRITTEN[kind].max;

export const isOfDepartment = (kind: Kind) => kind === 'department' || kind === 'survey';
/** A place may be left open: then it is anywhere. */
export const isAnywhere = (kind: Kind) => isWritten(kind) || kind === 'survey';

export type Draft = {
  kind: Kind;
  flow_id: number;
  place: number | null;
  text: string;
  agent: string | null; // whose it is to be
};

const placed = (kind: Kind, place: number | null) => {
  if (place === null) return {};
  return isOfDepartment(kind) ? { department_id: place } : { channel_id: place };
};

/** What is asked of the server; `undefined` while something is missing. */
export function wishOf({ kind, flow_id, place, text, agent }: Draft): Wish | undefined {
  const words = text.trim();
  if (isWritten(kind) ? words === '' : place === null && !isAnywhere(kind)) return undefined;
  return {
    kind,
    flow_id,
    ...placed(kind, place),
    ...(isWritten(kind) ? WRITTEN[kind].say(words) : {}),
    ...(agent === null || isOfDepartment(kind) ? {} : { agent }),
  };
}

/** Two of the same key cannot stand side by side. */
export const keyOf = ({ kind, channel_id, department_id, first_text, ad_id, ref }: Wish) =>
  [kind, channel_id ?? 0, department_id ?? 0, first_text ?? ad_id ?? ref?.toLowerCase() ?? ''].join(
    '/',
  );
