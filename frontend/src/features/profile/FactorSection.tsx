import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { FactorSetup } from '@/lib/factor/FactorSetup';
import { RecoveryCodes } from '@/lib/factor/RecoveryCodes';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import {
  factorQuery,
  useConfirmFactor,
  useNewCodes,
  useRemoveFactor,
  useSetUpFactor,
  type Factor,
} from './api';
import { DeviceList } from './DeviceList';
import classes from './profile.module.css';

export function FactorSection() {
  const { t } = useTranslation('profile');
  const factor = useQuery(factorQuery);
  return (
    <section className={classes.section} aria-labelledby="profile-factor">
      <h2 id="profile-factor">{t('factor.title')}</h2>
      {factor.isPending && <Skeleton height={64} />}
      {factor.isError && !factor.data && (
        <RefusalState error={factor.error} onRetry={() => void factor.refetch()} />
      )}
      {factor.data && <FactorState factor={factor.data} />}
    </section>
  );
}

function FactorState({ factor }: { factor: Factor }) {
  const { t } = useTranslation(['profile', 'factor']);
  const format = useFormat();
  const setUp = useSetUpFactor();
  const confirm = useConfirmFactor();
  const renew = useNewCodes();
  const remove = useRemoveFactor();
  const [setup, setSetup] = useState<Schema['FactorSecret']>();
  const [codes, setCodes] = useState<string[]>();
  const isOn = factor.enrolled_at !== null;

  const begin = () => setUp.mutate(undefined, { onSuccess: setSetup });
  const show = async (code: string, emailCode: string) => {
    const { recovery_codes } = await confirm.mutateAsync({
      ticket: setup?.ticket ?? '',
      code,
      ...(setup?.needs_email_code ? { email_code: emailCode } : {}),
    });
    setSetup(undefined);
    setCodes(recovery_codes);
  };

  return (
    <>
      <p>
        {factor.enrolled_at
          ? t('factor.on', { date: format.day(factor.enrolled_at), count: factor.codes_left })
          : t('factor.off')}
      </p>
      <div className={classes.actions}>
        <Button variant={isOn ? 'default' : 'filled'} loading={setUp.isPending} onClick={begin}>
          {isOn ? t('factor.replace') : t('factor.set_up')}
        </Button>
        {isOn && (
          <Button
            variant="default"
            loading={renew.isPending}
            onClick={() =>
              renew.mutate(undefined, { onSuccess: (told) => setCodes(told.recovery_codes) })
            }
          >
            {t('factor.new_codes')}
          </Button>
        )}
        {isOn && !factor.is_demanded && (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('factor.remove')}
          </Button>
        )}
      </div>
      <RefusalLine error={setUp.error ?? renew.error ?? remove.error} />
      <DeviceList devices={factor.devices} />
      <Dialog
        open={setup !== undefined}
        title={t('factor:enrol.title')}
        width={420}
        onClose={() => setSetup(undefined)}
      >
        {setup && <FactorSetup setup={setup} onCode={show} />}
      </Dialog>
      <Dialog
        open={codes !== undefined}
        title={t('factor:codes.title')}
        width={420}
        onClose={() => setCodes(undefined)}
      >
        {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
      </Dialog>
    </>
  );
}
