import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/api/client';
import { usePageMark } from '@/lib/page-mark';
import { RefusalLine } from '@/lib/refusal';
import { Logo } from '@/ui/Logo';
import classes from './SignIn.module.css';

type Props = { token: string; onGoOn: () => void };

/** The link in the letter to somebody whom strangers locked out. A press, so that no mail scanner uses it. */
export function Unlock({ token, onGoOn }: Props) {
  const { t } = useTranslation('auth');
  usePageMark(t('unlock.title'), 0);
  const unlock = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/session/unlock', { body: { token } })),
  });
  return (
    <main className={classes.main}>
      <div className={classes.form}>
        <Logo size={40} />
        <h1>{t('unlock.title')}</h1>
        <p className={classes.lead} role="status">
          {unlock.isSuccess ? t('unlock.done') : t('unlock.lead')}
        </p>
        <div className={classes.fields}>
          <RefusalLine error={unlock.error} />
          {unlock.isSuccess ? (
            <Button size="lg" onClick={onGoOn}>
              {t('title')}
            </Button>
          ) : (
            <Button size="lg" loading={unlock.isPending} onClick={() => unlock.mutate()}>
              {t('unlock.submit')}
            </Button>
          )}
        </div>
      </div>
    </main>
  );
}
