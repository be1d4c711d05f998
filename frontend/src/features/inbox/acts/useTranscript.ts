import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, inAccount, unwrap } from '@/api/client';
import { bringWords } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import type { Message, Ticket } from '../api';
import { transcriptLines, type Line, type Telling } from '../model/transcript';
import { addressText, useNames, usePersonName } from '../names';
import { useMergeSentence } from '../merge/useMergeSentence';
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
  const mergeSentence = useMergeSentence();
  const [done, setDone] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const params = { header: inAccount(), path: { id: ticket.id } };

  const begin = (whispers: boolean) =>
    unwrap(api.POST('/api/v1/tickets/{id}/transcript', { params, body: { whispers } }));
  const pageAfter = (after: number, chapter: number | undefined) =>
    unwrap(
      api.GET('/api/v1/tickets/{id}/messages', {
        params: { ...params, query: { after, limit: PAGE, ...(chapter ? { chapter } : {}) } },
      }),
    );

  const messagesUpTo = async (last: number, chapter?: number) => {
    const messages: Message[] = [];
    for (let after = 0; after < last;) {
      const page = await pageAfter(after, chapter);
      messages.push(...page.data.filter(({ seq }) => seq <= last));
      after = page.has_newer ? (page.data.at(-1)?.seq ?? last) : last;
      setDone(after);
    }
    return messages;
  };

  /** Those that were merged into it come first, each under its protocol: they are how it began. */
  const chaptersOf = async ({ merged_ids }: Ticket) => {
    if (merged_ids.length === 0) return [];
    await bringWords('merge');
    return (await unwrap(api.GET('/api/v1/tickets/{id}/chapters', { params }))).data;
  };

  const originOf = ({ origin }: Ticket) => {
    const said = [origin?.headline, origin?.campaign, origin?.ad_id, origin?.ref].filter(Boolean);
    return said.length === 0 ? [] : [`${t('transcript.origin')}: ${said.join(' · ')}`];
  };

  const headOf = (now: Ticket, as_of: string) => [
    `${t('transcript.protocol')}: ${now.protocol}`,
    `${t('transcript.contact')}: ${[nameOf(now.contact), addressText(now.contact.address)].join(' · ')}`,
    `${t('transcript.channel')}: ${names.channel(now.channel_id)?.name ?? ''}`,
    `${t('transcript.department')}: ${names.department(now.department_id) ?? '—'}`,
    ...originOf(now),
    t('transcript.as_of', {
      when: format.exact(as_of),
      zone: format.zoneName(format.zone),
    }),
  ];

  const tellingOf = (now: Ticket): Telling => ({
    author: ({ author_kind, author_id }) =>
      author_kind === 'contact'
        ? nameOf(now.contact)
        : (names.member(author_id) ?? t('transcript.house')),
    system: (message) =>
      mergeSentence(message, { ...names, me: 0 }) ?? sentence(message, { ...names, me: 0 }),
    day: format.date,
    time: format.time,
    file: (name) => t('transcript.file', { name }),
    deleted: t('transcript.deleted'),
    whisper: t('transcript.whisper'),
  });

  const collect = async (whispers: boolean): Promise<Transcript | undefined> => {
    setBusy(true);
    setDone(0);
    setError(undefined);
    try {
      const { ticket: now, as_of } = await begin(whispers);
      const telling = tellingOf(now);
      const lines: Line[] = [];
      for (const { id, protocol, last_seq } of await chaptersOf(now)) {
        lines.push({
          kind: 'day',
          key: `c${id}`,
          text: `${t('transcript.protocol')}: ${protocol}`,
        });
        const said = transcriptLines(await messagesUpTo(last_seq, id), telling, whispers);
        lines.push(...said.map((line) => ({ ...line, key: `c${id} ${line.key}` })));
      }
      if (lines.length > 0)
        lines.push({
          kind: 'day',
          key: 'own',
          text: `${t('transcript.protocol')}: ${now.protocol}`,
        });
      lines.push(...transcriptLines(await messagesUpTo(now.last_seq), telling, whispers));
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
