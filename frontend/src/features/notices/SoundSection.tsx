import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NoticeChoices } from './api';
import { clockOf, minuteOf } from './quiet';
import classes from './notices.module.css';

const TUNES: readonly NoticeChoices['tune'][] = ['soft', 'bell', 'wood'];

type Props = {
  choices: NoticeChoices;
  onChange: <K extends keyof NoticeChoices>(name: K, value: NoticeChoices[K]) => void;
};

/** How it sounds, and when it does not. */
export function SoundSection({ choices, onChange }: Props) {
  const { t } = useTranslation('notices');
  const isQuiet = choices.quiet_from_min != null || choices.quiet_until_min != null;
  const quiet = (from: number | null, until: number | null) => {
    onChange('quiet_from_min', from);
    onChange('quiet_until_min', until);
  };
  return (
    <>
      <section aria-labelledby="notices-sound" className={classes.section}>
        <h2 id="notices-sound">{t('sound.title')}</h2>
        <div className={classes.line}>
          <span id="notices-tune">{t('sound.tune')}</span>
          <SegmentedControl
            aria-labelledby="notices-tune"
            value={choices.tune}
            onChange={(next) => {
              const tune = TUNES.find((one) => one === next);
              if (tune) onChange('tune', tune);
            }}
            data={TUNES.map((value) => ({ value, label: t(`tune.${value}`) }))}
          />
        </div>
        <label className={classes.line}>
          <span>{t('sound.volume')}</span>
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            value={choices.volume}
            aria-valuetext={`${choices.volume}%`}
            onChange={({ currentTarget }) => onChange('volume', Number(currentTarget.value))}
          />
        </label>
        <Checkbox
          label={t('sound.repeats')}
          checked={choices.repeats}
          onChange={({ currentTarget }) => onChange('repeats', currentTarget.checked)}
        />
        <Checkbox
          label={t('sound.only_away')}
          checked={choices.only_away}
          onChange={({ currentTarget }) => onChange('only_away', currentTarget.checked)}
        />
      </section>
      <section aria-labelledby="notices-quiet" className={classes.section}>
        <h2 id="notices-quiet">{t('quiet.title')}</h2>
        <Checkbox
          label={t('quiet.on')}
          checked={isQuiet}
          onChange={({ currentTarget }) =>
            currentTarget.checked ? quiet(22 * 60, 7 * 60) : quiet(null, null)
          }
        />
        {isQuiet && (
          <div className={classes.clocks}>
            <TextInput
              type="time"
              label={t('quiet.from')}
              value={clockOf(choices.quiet_from_min)}
              onChange={({ currentTarget }) =>
                onChange('quiet_from_min', minuteOf(currentTarget.value))
              }
            />
            <TextInput
              type="time"
              label={t('quiet.until')}
              value={clockOf(choices.quiet_until_min)}
              onChange={({ currentTarget }) =>
                onChange('quiet_until_min', minuteOf(currentTarget.value))
              }
            />
          </div>
        )}
        <p>{t('quiet.text')}</p>
      </section>
    </>
  );
}
