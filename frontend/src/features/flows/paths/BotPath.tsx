import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconChevron from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { sayWord } from '../words';
import { runsQuery, type Run } from './api';
import { useShowPath } from './shown';
import classes from './paths.module.css';

type Props = { ticketId: number; seq: number; isBot: boolean };

/** Where the bot is with somebody now, and where it came by; asked for only when somebody looks. */
export function BotPath({ ticketId, seq, isBot }: Props) {
  const { t } = useTranslation('flows');
  const [open, setOpen] = useState(isBot);
  const show = useShowPath();
  const runs = useQuery({ ...runsQuery(ticketId, seq), enabled: open });
  return (
    <details
      className={classes.block}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <IconChevron size={14} stroke={1.75} aria-hidden="true" />
        {t('path.title')}
      </summary>
      {runs.isError && !runs.data && (
        <RefusalLine error={runs.error} onRetry={() => void runs.refetch()} />
      )}
      {runs.data?.data.length === 0 && <p className={classes.quiet}>{t('path.none')}</p>}
      <ul>
        {runs.data?.data.map((run) => (
          <RunLine key={run.id} run={run} onShow={() => show({ ticketId, runId: run.id })} />
        ))}
      </ul>
    </details>
  );
}

function RunLine({ run, onShow }: { run: Run; onShow: () => void }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { flow, number, started_at, phase, end_reason } = run;
  return (
    <li className={classes.run}>
      <b>{t('path.flow', { flow, number })}</b>
      {phase === 'ended' ? <p>{sayWord('end', end_reason ?? '')}</p> : <Standing run={run} />}
      <p className={classes.quiet}>{t('path.began', { at: format.timed(started_at) })}</p>
      <Button variant="default" size="xs" onClick={onShow}>
        {t('path.see')}
      </Button>
    </li>
  );
}

/** With the bot, at which card, and for how long already. */
function Standing({ run: { phase, at } }: { run: Run }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const now = useNow();
  if (phase === 'held') return <p>{t('path.held')}</p>;
  if (!at) return <p>{t('path.beginning')}</p>;
  const card = at.name || sayWord('card', at.type);
  const since_s = (now - Date.parse(at.asked_at ?? at.entered_at)) / 1000;
  const time = format.duration(Math.max(0, since_s));
  const fresh = since_s < 10;
  return (
    <p>
      {t('path.now', { card })}{' '}
      <span className="num">
        {at.asked_at
          ? fresh
            ? t('path.asked_now')
            : t('path.asked', { time })
          : fresh
            ? t('path.there_now')
            : t('path.there', { time })}
      </span>
    </p>
  );
}
