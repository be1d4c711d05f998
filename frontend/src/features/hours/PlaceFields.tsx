import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import type { Branch } from './api';
import { STATES, timeZones } from './states';
import classes from './hours.module.css';

type Props = {
  zone: string;
  uf: string | null;
  branches: readonly Branch[];
  fixed: boolean;
  onUf: (uf: string | null) => void;
  onBranches: (branches: Branch[]) => void;
};

const states = Object.entries(STATES).map(([value, label]) => ({ value, label }));

/** Where the account and its branches are: whose clock and whose holidays count. */
export function PlaceFields({ zone, uf, branches, fixed, onUf, onBranches }: Props) {
  const { t } = useTranslation('hours');
  const { zoneName } = useFormat();
  const zones = useMemo(() => timeZones(zoneName), [zoneName]);
  const set = (id: number, change: Partial<Branch>) =>
    onBranches(branches.map((one) => (one.id === id ? { ...one, ...change } : one)));
  return (
    <div className={classes.stack}>
      <Select
        label={t('places.account_uf')}
        placeholder={t('places.no_state')}
        data={states}
        searchable
        clearable
        disabled={fixed}
        value={uf}
        onChange={onUf}
      />
      {branches.map((branch) => (
        <div key={branch.id} className={classes.pair} role="group" aria-label={branch.name}>
          <Select
            label={t('places.branch_uf', { name: branch.name })}
            placeholder={t('places.no_state')}
            data={states}
            searchable
            clearable
            disabled={fixed}
            value={branch.uf}
            onChange={(next) => set(branch.id, { uf: next })}
          />
          <Select
            label={t('places.branch_zone', { name: branch.name })}
            placeholder={t('places.account_zone', { zone: zoneName(zone) })}
            data={zones}
            searchable
            clearable
            limit={60}
            disabled={fixed}
            value={branch.time_zone}
            onChange={(next) => set(branch.id, { time_zone: next })}
          />
        </div>
      ))}
    </div>
  );
}
