import IconClosed from '@tabler/icons-react/dist/esm/icons/IconDoorOff.mjs';
import IconOpen from '@tabler/icons-react/dist/esm/icons/IconDoor.mjs';
import { useTranslation } from 'react-i18next';
import { useOpening } from '@/lib/opening';
import { useFormat } from '@/lib/session';
import type { Trial } from './api';
import { clock } from './week';
import classes from './hours.module.css';

/** Open or closed, by which rule, until when: in the clock of the place. */
export function TrialAnswer({ trial }: { trial: Trial }) {
  const { t } = useTranslation('hours');
  const format = useFormat(trial.time_zone);
  const say = useOpening(trial.time_zone);
  const { is_open, opens_at, closes_at } = trial.state;
  const Icon = is_open ? IconOpen : IconClosed;
  const when = is_open ? closes_at : opens_at;
  const change = when
    ? t(is_open ? 'trial.closes' : 'trial.opens', { when: say(when, trial.at) })
    : t(is_open ? 'trial.never_closes' : 'trial.never_opens');
  const rows = [
    [t('trial.rule'), t(`trial.rules.${trial.rule}`, { name: trial.rule_name ?? '' })],
    ...(trial.range
      ? [
          [
            t('trial.range'),
            `${format.calendarDay(trial.range.on)}, ${clock(trial.range.from_min)}–${clock(trial.range.until_min)}`,
          ],
        ]
      : []),
    [
      t('trial.decided_by'),
      t(`trial.deciders.${trial.decided_by}`, { name: trial.period_name ?? '' }),
    ],
    [t('trial.zone'), format.zoneName(trial.time_zone)],
    ...(!is_open && trial.away_text !== '' ? [[t('trial.away'), trial.away_text]] : []),
  ];
  return (
    <div className={classes.answer} data-open={is_open || undefined}>
      <h3>
        <Icon size={20} stroke={1.75} aria-hidden="true" />
        {t(is_open ? 'trial.is_open' : 'trial.is_closed')}
      </h3>
      <p>{change}</p>
      <dl>
        {rows.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
