import IconClosed from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import IconInfo from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStar.mjs';
import IconSwap from '@tabler/icons-react/dist/esm/icons/IconArrowsExchange.mjs';
import { lazy, Suspense } from 'react';
import { bringWords } from '@/lib/i18n';
import type { Icon } from '@/ui/icon';
import { useFormat } from '@/lib/session';
import type { Message } from '../api';
import type { Names } from '../names';
import { systemOf } from './detail';
import { useSentence } from './useSentence';
import classes from './thread.module.css';

const ICONS: Record<string, Icon> = {
  ticket_opened: IconInbox,
  ticket_taken: IconHeadset,
  ticket_transferred: IconSwap,
  ticket_closed: IconClosed,
  ticket_handed_back: IconSwap,
  ticket_returned: IconSwap,
  ticket_assigned: IconSwap,
  ticket_distributed: IconSwap,
  survey_began: IconStar,
  survey_answered: IconStar,
};

/* What timers do is seldom met: its words come with it. */
const TimerSentence = lazy(async () => {
  await bringWords('timers');
  return { default: (await import('../sla/TimerSentence')).TimerSentence };
});

const MERGING = new Set([
  'ticket_merged',
  'ticket_unmerged',
  'ticket_joined',
  'ticket_parted',
  'ticket_heard',
]);
const MergeLine = lazy(async () => {
  await bringWords('merge');
  return { default: (await import('../merge/MergeLine')).MergeLine };
});

/** What happened to the ticket, in one grey sentence with names instead of ids. */
export function SystemLine({ message, names }: { message: Message; names: Names }) {
  const format = useFormat();
  const sentence = useSentence()(message, names);
  const event = systemOf(message)?.event ?? '';
  const Glyph = ICONS[event] ?? IconInfo;
  if (MERGING.has(event)) {
    return (
      <Suspense fallback={<p className={classes.system} />}>
        <MergeLine message={message} names={names} />
      </Suspense>
    );
  }
  return (
    <p className={classes.system}>
      <Glyph size={14} stroke={1.75} aria-hidden="true" />
      <span>
        {systemOf(message)?.after_min ? (
          <Suspense fallback={sentence}>
            <TimerSentence message={message} names={names} />
          </Suspense>
        ) : (
          sentence
        )}{' '}
        · <time dateTime={message.created_at}>{format.time(message.created_at)}</time>
      </span>
    </p>
  );
}
