import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { OrderList } from '@/lib/panes/OrderList';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { policiesQuery, useOrderPolicies, type Policy } from './api';
import { inUnit, unitOf } from './spans';

export function PoliciesPage() {
  const { t } = useTranslation('timers');
  usePageMark(t('sla.title'), 0);
  return <Panes home={paths.policies} list={<PolicyList />} />;
}

export function NoPolicyOpen() {
  const { t } = useTranslation('timers');
  return (
    <Blank>
      <EmptyState title={t('sla.none_open')} text={t('sla.none_open_why')} />
    </Blank>
  );
}

function PolicyList() {
  const { t } = useTranslation(['timers', 'organisation']);
  const policies = useQuery(policiesQuery);
  const order = useOrderPolicies();
  const [ordering, setOrdering] = useState(false);
  return (
    <ListPane
      title={t('sla.title')}
      query={policies}
      act={
        <>
          <Button variant="subtle" aria-pressed={ordering} onClick={() => setOrdering(!ordering)}>
            {t(ordering ? 'organisation:order.done' : 'organisation:order.begin')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to={paths.newPolicy}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('sla.new')}
          </Button>
        </>
      }
    >
      {(rows) => (
        <>
          <RefusalLine error={order.error} />
          {rows.length === 0 ? (
            <EmptyState
              title={t('sla.empty')}
              text={t('sla.empty_why')}
              action={
                <Button variant="default" component={Link} to={paths.newPolicy}>
                  {t('sla.begin')}
                </Button>
              }
            />
          ) : ordering ? (
            <OrderList rows={rows} onMove={order.mutateAsync} />
          ) : (
            <ul>
              {rows.map((policy) => (
                <li key={policy.id}>
                  <PolicyRow policy={policy} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </ListPane>
  );
}

const KINDS = ['first_answer', 'next_answer', 'resolution'] as const;

function PolicyRow({ policy }: { policy: Policy }) {
  const { t } = useTranslation('timers');
  const span = (minutes: number) =>
    t(`span.short_${unitOf(minutes)}`, { figure: inUnit(minutes, unitOf(minutes)) });
  const promised = KINDS.flatMap((kind) => {
    const minutes = policy[`${kind}_min`];
    return minutes === null ? [] : [`${t(`kinds.${kind}`)} ${span(minutes)}`];
  });
  return (
    <Link
      to={paths.policy}
      params={{ policyId: String(policy.id) }}
      className={panes.row}
      data-plain
    >
      <b className="cut">{policy.name}</b>
      {!policy.is_active && <Chip>{t('sla.inactive')}</Chip>}
      <small className="cut">{promised.join(' · ')}</small>
    </Link>
  );
}
