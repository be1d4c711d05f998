import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { accountQuery, limitsQuery, useSaveLimits } from './api';
import classes from './presence.module.css';

const ACCOUNT = 0;

/** How many people may be on a break at once. An empty field is no limit. */
export function LimitsSection() {
  const { t } = useTranslation('presence');
  const { data: account } = useQuery(accountQuery);
  const { data: limits } = useQuery(limitsQuery);
  const save = useSaveLimits();
  const [changed, setChanged] = useState<Record<number, number>>({});
  if (!account || !limits) return null;

  const kept = (place: number) =>
    limits.data.find(({ department_id }) => (department_id ?? ACCOUNT) === place)?.max_people ?? 0;
  const places = [
    { id: ACCOUNT, name: t('limits.account') },
    ...account.departments.filter(({ is_active }) => is_active),
  ];
  const wishes = places
    .filter(({ id }) => changed[id] !== undefined && changed[id] !== kept(id))
    .map(({ id }) => ({ department_id: id === ACCOUNT ? null : id, max_people: changed[id] ?? 0 }));
  const submit = () =>
    save.mutate(wishes, {
      onSuccess: () => {
        setChanged({});
        toast({ message: t('settings.saved') });
      },
    });
  return (
    <section className={classes.section} aria-label={t('limits.title')}>
      <h3>{t('limits.title')}</h3>
      <p>{t('limits.lead')}</p>
      <div className={classes.limits}>
        {places.map(({ id, name }) => {
          const value = changed[id] ?? kept(id);
          return (
            <NumberInput
              key={id}
              label={name}
              placeholder={t('limits.none')}
              min={0}
              max={999}
              allowDecimal={false}
              value={value === 0 ? '' : value}
              onChange={(next) => setChanged({ ...changed, [id]: Number(next) || 0 })}
            />
          );
        })}
      </div>
      <RefusalLine error={save.error} />
      <Button disabled={wishes.length === 0} loading={save.isPending} onClick={submit}>
        {t('limits.save')}
      </Button>
    </section>
  );
}
