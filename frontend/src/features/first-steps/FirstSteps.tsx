import { Button } from '@mantine/core';
import IconDone from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconToDo from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { firstStepsQuery, useDismiss, type Step } from './api';
import classes from './first-steps.module.css';

const PLACES = {
  channel: { to: paths.channels },
  departments: { to: paths.departments },
  people: { to: paths.members },
  hours: { to: paths.hours },
  answers: { to: paths.answers },
  served: { to: paths.inbox, search: { tab: 'waiting' } },
} as const satisfies Record<Step, object>;

/** What a new account needs, as long as something is missing and its reader wants to be told. */
export function FirstSteps() {
  const { t } = useTranslation('firststeps');
  const { data } = useQuery(firstStepsQuery);
  const dismiss = useDismiss();
  const done = data?.steps.filter(({ is_done }) => is_done).length ?? 0;
  if (!data || data.is_dismissed || done === data.steps.length) return null;
  return (
    <section className={classes.card} aria-labelledby="first-steps">
      <header>
        <h2 id="first-steps">{t('title')}</h2>
        <span className="num">{t('progress', { done, all: data.steps.length })}</span>
      </header>
      <ol>
        {data.steps.map(({ step, is_done }) => (
          <li key={step} data-done={is_done || undefined}>
            {is_done ? (
              <IconDone size={20} stroke={1.75} aria-hidden="true" />
            ) : (
              <IconToDo size={20} stroke={1.75} aria-hidden="true" />
            )}
            <Link {...PLACES[step]}>
              {t(`step.${step}`)}
              {is_done && <span className="hidden"> ({t('done')})</span>}
            </Link>
            {!is_done && <p>{t(`why.${step}`)}</p>}
          </li>
        ))}
      </ol>
      <RefusalLine error={dismiss.error} />
      <Button variant="subtle" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
        {t('dismiss')}
      </Button>
    </section>
  );
}
