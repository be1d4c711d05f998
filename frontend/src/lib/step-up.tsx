import { Button, PasswordInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type SyntheticEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/api/client';
import { setStepUpAsker } from '@/api/step-up';
import { Dialog } from '@/ui/Dialog';
import { CodeInput } from './factor/CodeInput';
import { RefusalLine } from './refusal';
import classes from './factor/factor.module.css';

type Question = { answer: (shown: boolean) => void };

/** Asks for the code, or the password, whenever a request was refused for want of it. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();

  useEffect(() => {
    setStepUpAsker(() => new Promise<boolean>((answer) => setQuestion({ answer })));
    return () => setStepUpAsker(undefined);
  }, []);

  const settle = (shown: boolean) => {
    question?.answer(shown);
    setQuestion(undefined);
  };

  return (
    <>
      {children}
      {question && <StepUpDialog onSettled={settle} />}
    </>
  );
}

function StepUpDialog({ onSettled }: { onSettled: (shown: boolean) => void }) {
  const { t } = useTranslation(['factor', 'common']);
  const { data: how } = useQuery({
    queryKey: ['step-up'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/session/step-up', { signal })),
    staleTime: 0,
  });
  const [shown, setShown] = useState('');
  const [refusal, setRefusal] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const byCode = how?.by === 'code';

  const show = async (value: string) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const body = byCode ? { code: value } : { password: value.normalize('NFC') };
      await unwrap(api.POST('/api/v1/session/step-up', { body }));
      onSettled(true);
    } catch (thrown) {
      setRefusal(thrown);
      setShown('');
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    event.stopPropagation();
    void show(shown);
  };

  return (
    <Dialog open title={t('step_up.title')} width={420} onClose={() => onSettled(false)}>
      <form onSubmit={submit} className={classes.stack}>
        <p>{byCode ? t('step_up.by_code') : t('step_up.by_password')}</p>
        {byCode ? (
          <CodeInput value={shown} onChange={setShown} onComplete={(code) => void show(code)} />
        ) : (
          <PasswordInput
            data-autofocus
            label={t('password')}
            autoComplete="current-password"
            value={shown}
            onChange={({ currentTarget }) => setShown(currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
          />
        )}
        <RefusalLine error={refusal} />
        <div className={classes.actions}>
          <Button variant="default" onClick={() => onSettled(false)}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={shown === '' || how === undefined}>
            {t('go_on')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
