import { Anchor, Button } from '@mantine/core';
import IconLaptop from '@tabler/icons-react/dist/esm/icons/IconDeviceLaptop.mjs';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { sayDevice } from '@/lib/device';
import { makeFormat } from '@/lib/format';
import { RefusalLine } from '@/lib/refusal';
import { door } from './api';
import type { StepAnswer } from './steps';
import { useStep } from '@/lib/useStep';
import classes from './SignIn.module.css';

type Props = {
  ticket: string;
  elsewhere: Schema['Elsewhere'];
  onNext: (answer: StepAnswer) => void;
  onBack: () => void;
};

/** One live session for each person: going on here ends it there. */
export function ElsewhereStep({ ticket, elsewhere, onNext, onBack }: Props) {
  const { t, i18n } = useTranslation(['auth', 'common', 'factor']);
  const { refusal, isBusy, take } = useStep(onBack);
  const format = makeFormat(i18n.resolvedLanguage ?? 'pt-BR', 'America/Sao_Paulo', {
    now: t('common:now'),
    today: t('common:today'),
    yesterday: t('common:yesterday'),
  });
  const takeOver = () => void take(() => door.takeOver(ticket), onNext);

  return (
    <section aria-label={t('elsewhere.title')}>
      <h1>{t('elsewhere.title')}</h1>
      <p className={classes.lead}>{t('elsewhere.lead')}</p>
      <div className={classes.fields}>
        <div className={classes.notice} role="status">
          <IconLaptop size={18} stroke={1.75} aria-hidden="true" />
          <span>
            {t('elsewhere.where', {
              device: sayDevice(elsewhere.device),
              time: format.time(elsewhere.since),
              address: elsewhere.address,
            })}
          </span>
        </div>
        <RefusalLine error={refusal} />
        <Button autoFocus size="lg" fullWidth loading={isBusy} onClick={takeOver}>
          {t('elsewhere.take_over')}
        </Button>
      </div>
      <div className={classes.ways}>
        <Anchor component="button" type="button" onClick={onBack}>
          {t('factor:back')}
        </Anchor>
      </div>
    </section>
  );
}
