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
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { reasonsQuery, useOrderReasons, type CloseReason } from './api';

export function ClosingPage() {
  const { t } = useTranslation('organisation');
  usePageMark(t('closing.title'), 0);
  return <Panes home={paths.closing} list={<ReasonList />} />;
}

export function NoReasonOpen() {
  const { t } = useTranslation('organisation');
  return (
    <Blank>
      <EmptyState title={t('closing.none_open')} />
    </Blank>
  );
}

function ReasonList() {
  const { t } = useTranslation('organisation');
  const can = useCan();
  const reasons = useQuery(reasonsQuery);
  const order = useOrderReasons();
  const [ordering, setOrdering] = useState(false);
  return (
    <ListPane
      title={t('closing.title')}
      query={reasons}
      act={
        <>
          <Button variant="subtle" aria-pressed={ordering} onClick={() => setOrdering(!ordering)}>
            {t(ordering ? 'order.done' : 'order.begin')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to={paths.newReason}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('closing.new')}
          </Button>
        </>
      }
    >
      {(rows) => (
        <>
          {can('settings.view') && (
            <Link to={paths.closingRules} className={panes.row} data-plain>
              <b className="cut">{t('closing.rules')}</b>
              <small className="cut">{t('closing.rules_lead')}</small>
            </Link>
          )}
          <h3>{t('closing.reasons')}</h3>
          <RefusalLine error={order.error} />
          {rows.length === 0 ? (
            <EmptyState
              title={t('closing.empty')}
              text={t('closing.empty_why')}
              action={
                <Button variant="default" component={Link} to={paths.newReason}>
                  {t('closing.begin')}
                </Button>
              }
            />
          ) : ordering ? (
            <OrderList rows={rows} onMove={order.mutateAsync} />
          ) : (
            <ul>
              {rows.map((reason) => (
                <li key={reason.id}>
                  <ReasonRow reason={reason} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </ListPane>
  );
}

function ReasonRow({ reason }: { reason: CloseReason }) {
  const { t } = useTranslation('organisation');
  const { id, name, message, forces_message, is_active } = reason;
  return (
    <Link to={paths.reason} params={{ reasonId: String(id) }} className={panes.row} data-plain>
      <b className="cut">{name}</b>
      {!is_active ? (
        <Chip>{t('closing.inactive')}</Chip>
      ) : (
        forces_message && <Chip tone="accent">{t('closing.forced')}</Chip>
      )}
      <small className="cut">{message || t('closing.default_message')}</small>
    </Link>
  );
}
