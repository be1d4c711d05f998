import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconShort from '@tabler/icons-react/dist/esm/icons/IconClockExclamation.mjs';
import IconLate from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconClosed from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassLow.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconRobot from '@tabler/icons-react/dist/esm/icons/IconRobot.mjs';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStar.mjs';
import IconWindow from '@tabler/icons-react/dist/esm/icons/IconWindow.mjs';
import IconWindowOff from '@tabler/icons-react/dist/esm/icons/IconWindowOff.mjs';
import { useTranslation } from 'react-i18next';
import type { Icon } from '@/ui/icon';
import { useFormat } from '@/lib/session';
import type { Clock } from '../model/clock';
import classes from './list.module.css';

const PROMISES = { fine: IconClock, short: IconShort, late: IconLate };
const TONES = { fine: undefined, short: 'warn', late: 'bad' };

const ICONS: Record<Clock['kind'], Icon> = {
  promise: IconClock,
  snoozed: IconMoon,
  woken: IconMoon,
  window: IconWindow,
  window_closed: IconWindowOff,
  queue: IconHourglass,
  our_turn: IconClock,
  their_turn: IconHourglass,
  bot: IconRobot,
  surveying: IconStar,
  closed: IconClosed,
};

const JUST_S = 10; // shown as “agora”, which no sentence can follow

/** What a clock says: short on screen, and in words for the row's name. */
export function useClockWords() {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  return (clock: Clock): { shown: string; spoken: string } => {
    switch (clock.kind) {
      case 'snoozed': {
        const word = t('clock.snoozed', { when: format.upcoming(clock.until) });
        return { shown: word, spoken: word };
      }
      case 'promise': {
        const word = `SLA ${format.duration(clock.left_s)}`;
        return {
          shown: word,
          spoken: clock.is === 'fine' ? word : `${word}, ${t(`clock.${clock.is}`)}`,
        };
      }
      case 'window': {
        const time = format.duration(clock.left_s);
        return { shown: time, spoken: t('clock.window', { time }) };
      }
      case 'queue': {
        const time = format.duration(clock.waited_s);
        const now = clock.waited_s < JUST_S;
        return { shown: time, spoken: now ? t('clock.queue_now') : t('clock.queue', { time }) };
      }
      case 'our_turn': {
        const time = format.duration(clock.waited_s);
        const now = clock.waited_s < JUST_S;
        return {
          shown: time,
          spoken: now ? t('clock.our_turn_now') : t('clock.our_turn', { time }),
        };
      }
      default: {
        const word = t(`clock.${clock.kind}`);
        return { shown: word, spoken: word };
      }
    }
  };
}

/** An icon, a figure or a word; never moves what is beside it. */
export function TicketClock({ clock }: { clock: Clock }) {
  const { shown, spoken } = useClockWords()(clock);
  const Glyph = clock.kind === 'promise' ? PROMISES[clock.is] : ICONS[clock.kind];
  return (
    <span
      className={classes.clock}
      data-tone={
        clock.kind === 'promise' ? TONES[clock.is] : clock.kind === 'window' ? 'warn' : undefined
      }
      title={spoken}
    >
      <Glyph size={13} stroke={2} aria-hidden="true" />
      {shown}
    </span>
  );
}
