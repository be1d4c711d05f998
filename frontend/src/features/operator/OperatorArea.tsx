import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RecoveryCodes } from '@/lib/factor/RecoveryCodes';
import { usePageMark } from '@/lib/page-mark';
import { RefusalState } from '@/lib/refusal';
import { Logo } from '@/ui/Logo';
import { Accounts } from './Accounts';
import { operatorQuery, useOperatorSignOut, useWelcome, type Operator } from './api';
import { Door } from './Door';
import { Entrance } from './Entrance';
import { Health } from './Health';
import classes from './operator.module.css';

/** Who keeps the installation: no account of it is open here, and none can be opened from here. */
export function OperatorArea() {
  const { t } = useTranslation(['operator', 'factor']);
  const operator = useQuery(operatorQuery);
  const welcome = useWelcome();
  const [codes, setCodes] = useState<string[]>();
  usePageMark(t('title'), 0);
  const enter = (who: Operator, told: string[] | undefined) => {
    setCodes(told);
    welcome(who);
  };

  /* Told once: they come before whatever is next. */
  if (codes)
    return (
      <Entrance>
        <h1>{t('factor:codes.title')}</h1>
        <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
      </Entrance>
    );

  if (operator.isError)
    return <RefusalState error={operator.error} onRetry={() => void operator.refetch()} />;
  if (operator.data === undefined) return null;
  return operator.data === null ? <Door onIn={enter} /> : <Desk operator={operator.data} />;
}

function Desk({ operator }: { operator: Operator }) {
  const { t } = useTranslation('operator');
  const signOut = useOperatorSignOut();
  return (
    <main id="content" tabIndex={-1} className={classes.desk}>
      <header className={classes.head}>
        <Logo size={28} />
        <h1>{t('title')}</h1>
        <span className="cut">{operator.name}</span>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('sign_out')}
        </Button>
      </header>
      <div className={classes.body}>
        <Health />
        <Accounts />
      </div>
    </main>
  );
}
