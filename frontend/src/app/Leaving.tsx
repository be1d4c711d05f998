import { Button } from '@mantine/core';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '@/features/auth/api';
import { forgetAll, unsent } from '@/features/inbox/model/outbox';
import { letGo } from '@/lib/grace';
import { paths } from '@/lib/paths';
import classes from './MeMenu.module.css';

/** As long as messages may take that are just leaving. */
const PATIENCE_MS = 2000;

/** The way out. What is held for seconds goes first; what cannot go now would be gone for ever, so it is asked about. */
export function Leaving() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const signOut = useSignOut(() => navigate({ to: paths.signIn, search: { left: true } }));
  const [left, setLeft] = useState<number>(); // undefined: not asked for
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (left !== undefined) button.current?.focus();
  }, [left]);

  const leave = async () => {
    const { forgetHere, noticesQuery } = await import('@/features/notices/leaving');
    await forgetHere(() => cache.query(noticesQuery)).catch(() => undefined);
    forgetAll();
    signOut.mutate();
  };
  const ask = async () => {
    letGo();
    const count = await unsent(PATIENCE_MS);
    if (count > 0) setLeft(count);
    else await leave();
  };

  if (!left)
    return (
      <Button
        ref={button}
        variant="subtle"
        fullWidth
        justify="start"
        leftSection={<IconLogout size={16} stroke={1.75} />}
        onClick={() => void ask()}
      >
        {t('me.sign_out')}
      </Button>
    );
  return (
    <div role="group" aria-labelledby="me-unsent" className={classes.unsent}>
      <p id="me-unsent" role="alert">
        {t('me.unsent', { count: left })}
      </p>
      <Button ref={button} variant="default" onClick={() => setLeft(0)}>
        {t('me.stay')}
      </Button>
      <Button variant="danger" onClick={() => void leave()}>
        {t('me.leave_unsent')}
      </Button>
    </div>
  );
}
