import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { ListPane } from '@/lib/panes/ListPane';
import { Blank } from '@/lib/panes/Blank';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { hoursQuery, type Hours, type Period } from './api';

export function PeriodsPage() {
  const { t } = useTranslation('hours');
  usePageMark(t('periods.title'), 0);
  return <Panes home={paths.hours} list={<PeriodList />} />;
}

export function NoPeriodOpen() {
  const { t } = useTranslation('hours');
  return (
    <Blank>
      <EmptyState title={t('periods.none_open')} text={t('periods.none_open_hint')} />
    </Blank>
  );
}

const followersOf = (hours: Hours, { id }: Period) =>
  [...hours.departments, ...hours.channels].filter(({ period_id }) => period_id === id).length;

function PeriodList() {
  const { t } = useTranslation('hours');
  const can = useCan();
  const hours = useQuery({
    ...hoursQuery,
    select: (all) => ({ data: all.periods.map((period) => ({ period, hours: all })) }),
  });
  return (
    <ListPane
      title={t('periods.title')}
      query={hours}
      act={
        can('hours.manage') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newPeriod}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('periods.new')}
          </Button>
        )
      }
    >
      {(rows) => (
        <ul>
          <li>
            <Link to={paths.followers} className={panes.row} data-plain>
              <b className="cut">{t('followers.title')}</b>
              <small className="cut">{t('followers.lead')}</small>
            </Link>
          </li>
          {rows.map(({ period, hours: all }) => (
            <li key={period.id}>
              <Link
                to={paths.period}
                params={{ periodId: String(period.id) }}
                className={panes.row}
                data-plain
              >
                <b className="cut">{period.name}</b>
                {all.period_id === period.id && <Chip>{t('periods.default')}</Chip>}
                <small className="cut">
                  {t('periods.followers', { count: followersOf(all, period) })}
                </small>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </ListPane>
  );
}
