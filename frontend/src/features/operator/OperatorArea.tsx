import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { RefusalState } from '@/lib/refusal';
import { Logo } from '@/ui/Logo';
import { Accounts } from './Accounts';
import { operatorQuery, useOperatorSignOut, type Operator } from './api';
import { Door } from './Door';
import { Health } from './Health';
import classes from './operator.module.css';

/** Who keeps the installation: no account of it is open here, and none can be opened from here. */
export function OperatorArea() {
  const { t } = useTranslation('operator');
  const operator = useQuery(operatorQuery);
  usePageMark(t('title'), 0);

  if (operator.isError)
    return <RefusalState error={operator.error} onRetry={() => void operator.refetch()} />;
  if (operator.data === undefined) return null;
  return operator.data === null ? <Door /> : <Desk operator={operator.data} />;
}

function Desk({ operator }: { operator: Operator }) {
  const { t } = useTranslation('operator');
  const signOut = useOperatorSignOut();
  return (
    <div className={classes.desk}>
      <header className={classes.head}>
        <Logo size={28} />
        <h1>{t('title')}</h1>
        <span className="cut">{operator.name}</span>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('sign_out')}
        </Button>
      </header>
      <main id="content" tabIndex={-1} className={classes.body}>
        <Health />
        <Accounts />
      </main>
    </div>
  );
}
