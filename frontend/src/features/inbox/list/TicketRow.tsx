import IconAway from '@tabler/icons-react/dist/esm/icons/IconDoorOff.mjs';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStarFilled.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { useNow } from '@/lib/now';
import { useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { ChannelMark } from '@/ui/ChannelMark';
import { Count } from '@/ui/Count';
import type { Ticket } from '../api';
import { clockOf } from '../model/clock';
import { startAct } from '../model/acting';
import { networkName, usePersonName, type Names } from '../names';
import { TagDots, TagMarks } from '../tags/TagMark';
import { isPressing, PriorityMark } from '../PriorityMark';
import { TicketClock, useClockWords } from './TicketClock';
import { usePreview } from './preview';
import classes from './list.module.css';

type Props = {
  ticket: Ticket;
  names: Names;
  current: boolean;
  /** The one row of the list that Tab reaches. */
  tabStop: boolean;
  /** Moved to another tab while it was on screen. */
  left: boolean;
  draft: string | undefined;
  favourite: boolean;
  selected: boolean;
  /** Two lines: the tags become dots with names, the clock joins the first. */
  compact: boolean;
  /** Held while clicking: this row joins what one act is meant for. Undefined: it may not. */
  onSelect: ((ticket: Ticket, range: boolean) => void) | undefined;
};

export const TicketRow = memo(function TicketRow(props: Props) {
  const { ticket, names, current, tabStop, left, draft, favourite, selected, compact, onSelect } =
    props;
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const now = useNow();
  const clockWords = useClockWords();
  const preview = usePreview(names)(ticket);
  const name = usePersonName()(ticket.contact);

  const channel = names.channel(ticket.channel_id);
  const clock = clockOf(ticket, now);
  const tags = names.tags(ticket.tag_ids);
  const department = names.department(ticket.department_id) ?? channel?.name ?? '';
  const holder =
    ticket.assignee_id !== null && ticket.assignee_id !== names.me
      ? names.member(ticket.assignee_id)
      : undefined;

  /* Facts in a row, each complete in itself; a reader pauses at the commas. */
  const spoken = [
    name,
    networkName(channel?.kind),
    ticket.unread_count > 0 ? t('row.unread', { count: ticket.unread_count }) : '',
    ticket.out_of_hours_at === null ? '' : t('row.away'),
    isPressing(ticket) ? t(`row.${ticket.priority}`) : '',
    clockWords(clock).spoken,
    department,
    selected ? t('row.selected') : '',
    favourite ? t('row.favourite') : '',
    tags.length > 0 ? t('row.tags', { names: tags.map((tag) => tag.name).join(', ') }) : '',
    holder ? t('row.with', { name: holder }) : '',
    draft ? t('row.draft', { text: draft }) : t('row.last', { text: preview.text }),
  ]
    .filter(Boolean)
    .join(', ');

  return (
    <Link
      to={paths.ticket}
      params={{ ticketId: String(ticket.id) }}
      search={(place) => ({ ...place, at: undefined, peek: undefined })}
      className={classes.row}
      aria-label={spoken}
      aria-current={current ? 'true' : undefined}
      data-unread={ticket.unread_count > 0 || undefined}
      data-left={left || undefined}
      data-row={ticket.id}
      data-compact={compact || undefined}
      data-selected={selected || undefined}
      onClick={(event) => {
        if (!onSelect || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onSelect(ticket, event.shiftKey);
      }}
      tabIndex={tabStop ? 0 : -1}
      onContextMenu={(event) => {
        event.preventDefault();
        startAct({ kind: 'menu', ticket, x: event.clientX, y: event.clientY });
      }}
    >
      <Avatar name={name}>{channel && <ChannelMark kind={channel.kind} size={14} />}</Avatar>
      <div>
        <div className={`${classes.line} ${classes.one}`}>
          <span className={`${classes.name} cut`}>
            <PriorityMark ticket={ticket} />
            {favourite && <IconStar size={13} aria-hidden="true" />}
            {name}
          </span>
          {compact && <TagDots tags={tags} />}
          {compact && <TicketClock clock={clock} />}
          <time dateTime={ticket.last_activity_at} title={format.exact(ticket.last_activity_at)}>
            {format.moment(ticket.last_activity_at, new Date(now))}
          </time>
        </div>
        <div
          className={`${classes.line} ${classes.two}`}
          data-tone={draft ? undefined : preview.tone}
        >
          {draft ? (
            <>
              <IconPencil size={16} stroke={1.75} />
              <span className="cut">
                <span className={classes.draft}>{t('row.draft_mark')}</span> {draft}
              </span>
            </>
          ) : (
            <>
              {preview.Glyph && <preview.Glyph size={16} stroke={1.75} />}
              <span className="cut">{preview.text}</span>
            </>
          )}
          <Count value={ticket.unread_count} />
        </div>
        {!compact && (
          <div className={`${classes.line} ${classes.three}`}>
            <span className={`${classes.where} cut`}>{department}</span>
            <TagMarks tags={tags} most={1} />
            <span className={classes.end}>
              {ticket.out_of_hours_at !== null && (
                <span title={t('row.away')}>
                  <IconAway size={14} stroke={1.75} aria-hidden="true" />
                </span>
              )}
              <TicketClock clock={clock} />
              {holder && (
                <span title={holder}>
                  <Avatar
                    name={holder}
                    size={24}
                    photo={photoAddress(names.photo(ticket.assignee_id))}
                  />
                </span>
              )}
            </span>
          </div>
        )}
      </div>
    </Link>
  );
});
