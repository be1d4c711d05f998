import type { Wish } from '../api';

/** In the order in which they are offered. */
export const KINDS = ['channel', 'first_text', 'ad', 'link', 'department', 'survey'] as const;
type Kind = Wish['kind'];

/** Begun by something that somebody writes down here: which member of the wish it is, and how long. */
const WRITTEN = {
  first_text: { member: 'first_text', max: 100 },
  ad: { member: 'ad_id', max: 64 },
  link: { member: 'ref', max: 64 },
} as const;
export type WrittenKind = keyof typeof WRITTEN;

export const isWritten = (kind: Kind): kind is WrittenKind => kind in WRITTEN;
export const maxOf = (kind: WrittenKind) => WRITTEN[kind].max;

export const isOfDepartment = (kind: Kind) => kind === 'department' || kind === 'survey';
/** A place may be left open: then it is anywhere. */
export const isAnywhere = (kind: Kind) => isWritten(kind) || kind === 'survey';

export type Draft = { kind: Kind; flow_id: number; place: number | null; text: string };

/** What is asked of the server; `undefined` while something is missing. */
export function wishOf({ kind, flow_id, place, text }: Draft): Wish | undefined {
  const words = text.trim();
  if (isWritten(kind) ? words === '' : place === null && !isAnywhere(kind)) return undefined;
  return {
    kind,
    flow_id,
    ...(place === null ? {} : { [isOfDepartment(kind) ? 'department_id' : 'channel_id']: place }),
    ...(isWritten(kind) ? { [WRITTEN[kind].member]: words } : {}),
  };
}

/** Two of the same key cannot stand side by side. */
export const keyOf = ({ kind, channel_id, department_id, first_text, ad_id, ref }: Wish) =>
  [
    kind,
    channel_id ?? 0,
    department_id ?? 0,
    first_text ?? ad_id ?? ref?.toLowerCase() ?? '',
  ].join('/');
