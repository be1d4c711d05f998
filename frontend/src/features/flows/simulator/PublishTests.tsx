import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/session';
import type { SavedTest } from './api';
import { TestRow } from './TestRow';
import classes from './simulator.module.css';

type Props = { failing: SavedTest[]; overrides: boolean; onOverride: (on: boolean) => void };

/** What publishing would break, before it does: mended, accepted, or published all the same and said why. */
export default function PublishTests({ failing, overrides, onOverride }: Props) {
  const { t } = useTranslation('simulator');
  const can = useCan();
  return (
    <section className={classes.publish} aria-label={t('tests')}>
      <p role="status">{t('failing', { count: failing.length })}</p>
      <ul className={classes.tests} aria-label={t('tests')}>
        {failing.map((test) => (
          <TestRow key={`${test.flow}.${test.id}`} test={test} />
        ))}
      </ul>
      {can('flows.edit') && (
        <Checkbox
          label={t('override')}
          description={t('override_hint')}
          checked={overrides}
          onChange={({ currentTarget: { checked } }) => onOverride(checked)}
        />
      )}
    </section>
  );
}
