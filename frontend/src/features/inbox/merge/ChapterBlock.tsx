import { Button } from '@mantine/core';
import IconDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconChevronUp.mjs';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan, useFormat } from '@/lib/session';
import type { Ticket } from '../api';
import { addressText, useNames } from '../names';
import { chaptersQuery } from './api';
import { ChapterMessages } from './ChapterMessages';
import { useTakeApart } from './useTakeApart';
import classes from './merge.module.css';

type Props = { ticket: Ticket; chapterId: number; protocol: string };

/** A ticket that was merged into the one on the screen: folded, whose and of when; unfolded, all of it. */
export function ChapterBlock({ ticket, chapterId, protocol }: Props) {
  const { t } = useTranslation('merge');
  const format = useFormat();
  const can = useCan();
  const names = useNames();
  const body = useId();
  const [open, setOpen] = useState(false);
  const chapters = useQuery(chaptersQuery(ticket));
  const chapter = chapters.data?.data.find(({ id }) => id === chapterId);
  const takeApart = useTakeApart();
  const Fold = open ? IconUp : IconDown;

  const facts =
    chapter &&
    [
      format.moment(chapter.opened_at),
      names.department(chapter.department_id),
      chapter.contact.address === ticket.contact.address
        ? undefined
        : addressText(chapter.contact.address),
    ]
      .filter(Boolean)
      .join(' · ');

  return (
    <section className={classes.chapter} aria-label={t('chapter.label', { protocol })}>
      <header>
        <div>
          <b className="num">{t('chapter.label', { protocol })}</b>
          <small>{facts}</small>
        </div>
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={open}
          aria-controls={body}
          rightSection={<Fold size={14} stroke={1.75} />}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'chapter.fold' : 'chapter.unfold')}
        </Button>
        {can('tickets.merge') && (
          <Button
            size="xs"
            variant="subtle"
            loading={takeApart.isPending}
            onClick={() => takeApart.mutate(chapterId)}
          >
            {t('part')}
          </Button>
        )}
      </header>
      <div id={body}>{open && <ChapterMessages ticketId={ticket.id} chapterId={chapterId} />}</div>
    </section>
  );
}
