import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, inAccount, unwrap } from '@/api/client';
import { useFormat } from '@/lib/session';
import type { Message, Ticket } from '../api';
import { transcriptLines, type Line } from '../model/transcript';
import { addressText, useNames, usePersonName } from '../names';
import { useSentence } from '../thread/useSentence';

export type Transcript = { head: string[]; lines: Line[] };

const PAGE = 100;

/** The whole conversation, a page at a time: a long one keeps nobody else waiting. */
export function useTranscript(ticket: Ticket) {
  const { t } = useTranslation('acts');
  const names = useNames();
  const nameOf = usePersonName();
  const format = useFormat();
  const sentence = useSentence();
  const [done, setDone] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const params = { header: inAccount(), path: { id: ticket.id } };

  const begin = (whispers: boolean) =>
    unwrap(api.POST('/api/v1/tickets/{id}/transcript', { params, body: { whispers } }));
  const pageAfter = (after: number) =>
    unwrap(
      api.GET('/api/v1/tickets/{id}/messages', {
        params: { ...params, query: { after, limit: PAGE } },
      }),
    );

  const messagesUpTo = async (last: number) => {
    const messages: Message[] = [];
    for (let after = 0; after < last;) {
      const page = await pageAfter(after);
      messages.push(...page.data.filter(({ seq }) => seq <= last));
      after = page.has_newer ? (page.data.at(-1)?.seq ?? last) : last;
      setDone(after);
    }
    return messages;
  };

  const headOf = (now: Ticket, as_of: string) => [
    `${t('transcript.protocol')}: ${now.protocol}`,
    `${t('transcript.contact')}: ${[nameOf(now.contact), addressText(now.contact.address)].join(' · ')}`,
    `${t('transcript.channel')}: ${names.channel(now.channel_id)?.name ?? ''}`,
    `${t('transcript.department')}: ${names.department(now.department_id) ?? '—'}`,
    t('transcript.as_of', { when: format.exact(as_of), zone: format.zone }),
  ];

  const collect = async (whispers: boolean): Promise<Transcript | undefined> => {
    setBusy(true);
    setDone(0);
    setError(undefined);
    try {
      const { ticket: now, as_of } = await begin(whispers);
      const messages = await messagesUpTo(now.last_seq);
      const lines = transcriptLines(
        messages,
        {
          author: ({ author_kind, author_id }) =>
            author_kind === 'contact'
              ? nameOf(now.contact)
              : (names.member(author_id) ?? t('transcript.house')),
          system: (message) => sentence(message, { ...names, me: 0 }),
          day: format.date,
          time: format.time,
          file: (name) => t('transcript.file', { name }),
          deleted: t('transcript.deleted'),
          whisper: t('transcript.whisper'),
        },
        whispers,
      );
      return { head: headOf(now, as_of), lines };
    } catch (thrown) {
      setError(thrown);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { collect, done, busy, error };
}
