import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n, wordsFor } from '@/lib/i18n';
import { phone } from '@/lib/format';
import { useSession } from '@/lib/session';
import { useCatalogue, type Catalogue, type ChannelKind, type Ticket } from './api';

const UNKNOWN_KIND: Omit<ChannelKind, 'kind'> = {
  text_max: 4096,
  caption_max: 1024,
  window_hours: null,
  edit_minutes: 0,
  delete_minutes: 0,
  shows_typing: false,
  takes_reactions: false,
  takes_voice: false,
  reaches: [],
  media: [],
};

const byId = <T extends { id: number }>(rows: readonly T[] | undefined) =>
  new Map((rows ?? []).map((row) => [row.id, row]));

/** Names for the ids of the catalogue: departments, people, channels, reasons. */
export function useNames() {
  const { data } = useCatalogue();
  const { account } = useSession();
  return useMemo(() => namesOf(data, account.member_id), [data, account.member_id]);
}

export type Names = ReturnType<typeof namesOf>;

function namesOf(catalogue: Catalogue | undefined, me: number) {
  const departments = byId(catalogue?.departments);
  const members = byId(catalogue?.members);
  const channels = byId(catalogue?.channels);
  const tags = byId(catalogue?.tags);
  const types = byId(catalogue?.ticket_types);
  const reasons = byId(catalogue?.close_reasons);
  const kinds = new Map((catalogue?.channel_kinds ?? []).map((kind) => [kind.kind, kind]));

  const channel = (id: number) => channels.get(id);
  return {
    me,
    department: (id: number | null) => (id === null ? undefined : departments.get(id)?.name),
    member: (id: number | null) => (id === null ? undefined : members.get(id)?.display_name),
    photo: (id: number | null) => (id === null ? undefined : members.get(id)?.photo_id),
    reason: (id: number | null) => (id === null ? undefined : reasons.get(id)?.name),
    type: (id: number | null) => (id === null ? undefined : types.get(id)?.name),
    /** Those that have a name: one that was merged away has none. */
    tags: (ids: readonly number[]) => ids.flatMap((id) => tags.get(id) ?? []),
    channel,
    /** What the ticket's channel can carry; modest guesses until the catalogue is here. */
    kindOf: (channelId: number): ChannelKind => {
      const kind = channel(channelId)?.kind ?? '';
      return kinds.get(kind) ?? { kind, ...UNKNOWN_KIND };
    },
  };
}

/** "WhatsApp", whichever provider carries it. */
export const networkName = (kind: string | undefined): string =>
  wordsFor('common', `channel.${kind?.split('_')[0] ?? 'api'}`) ?? i18n.t('common:channel.api');

/** +5549988412076 is a phone; anything else is shown as the network gave it. */
export const addressText = (address: string) =>
  /^\+?\d{8,15}$/.test(address) ? phone(address) : address;

/** The server puts these where somebody may not see the whole: m•••@d•••.br */
export const isMasked = (text: string) => text.includes('•');

export function usePersonName() {
  const { t } = useTranslation('inbox');
  return (contact: Ticket['contact']) =>
    contact.name ||
    (contact.address && contact.address !== 'visitor'
      ? addressText(contact.address)
      : t('visitor'));
}

export const firstName = (name: string) => name.split(' ')[0] ?? name;
