import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePreference } from '@/lib/preferences';
import classes from './composer.module.css';

/** Asked once, after the first send; changed whenever one likes in the own menu. */
export function EnterQuestion({ onAnswer }: { onAnswer: (sends: boolean) => void }) {
  const { t } = useTranslation('inbox');
  const [, setEnter] = usePreference('enter');
  const answer = (sends: boolean) => {
    setEnter(sends ? 'sends' : 'breaks');
    onAnswer(sends);
  };
  return (
    <div className={classes.ask} role="group" aria-label={t('enter.question')}>
      <p>{t('enter.question')}</p>
      <div>
        <Button variant="default" onClick={() => answer(true)}>
          {t('enter.sends')}
        </Button>
        <Button variant="default" onClick={() => answer(false)}>
          {t('enter.breaks')}
        </Button>
      </div>
    </div>
  );
}
