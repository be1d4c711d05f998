import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import { paths } from '@/lib/paths';
import { useCan, useFormat } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { accountQuery, queuesQuery, type Queue } from './api';
import classes from './distribution.module.css';

export function DistributionPage() {
  const { t } = useTranslation('distribution');
  usePageMark(t('title'), 0);
  return <Panes home={paths.distribution} list={<QueueList />} />;
}

export function NoDepartmentOpen() {
  const { t } = useTranslation('distribution');
  return (
    <Blank>
      <EmptyState title={t('none_open')} />
    </Blank>
  );
}

function QueueList() {
  const { t } = useTranslation('distribution');
  const can = useCan();
  const queues = useQuery(queuesQuery);
  return (
    <ListPane title={t('title')} query={queues}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState
            title={t('empty')}
            text={t('empty_why')}
            action={
              can('departments.members') && (
                <Button variant="default" component={Link} to={paths.departments}>
                  {t('to_departments')}
                </Button>
              )
            }
          />
        ) : (
          <ul>
            {rows.map((queue) => (
              <li key={queue.department_id}>
                <QueueRow queue={queue} />
              </li>
            ))}
          </ul>
        )
      }
    </ListPane>
  );
}

function QueueRow({ queue }: { queue: Queue }) {
  const { t } = useTranslation('distribution');
  const format = useFormat();
  const { data } = useQuery(accountQuery);
  const { department_id, mode, waiting, oldest_at } = queue;
  const name = data?.departments.find(({ id }) => id === department_id)?.name ?? '…';
  return (
    <Link
      to={paths.distributionOf}
      params={{ departmentId: String(department_id) }}
      className={classes.row}
    >
      <b className="cut">{name}</b>
      <span className="num">{t('waiting', { count: waiting })}</span>
      <small className="cut">{t(`mode.${mode}`)}</small>
      <small className="num">{oldest_at && t('since', { time: format.moment(oldest_at) })}</small>
    </Link>
  );
}
