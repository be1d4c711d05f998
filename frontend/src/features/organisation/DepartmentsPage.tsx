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
import { departmentsQuery, useOrderDepartments, type Department } from './api';
import { Dot } from './Dot';

export function DepartmentsPage() {
  const { t } = useTranslation('organisation');
  usePageMark(t('departments.title'), 0);
  return <Panes home={paths.departments} list={<DepartmentList />} />;
}

export function NoDepartmentOpen() {
  const { t } = useTranslation('organisation');
  return (
    <Blank>
      <EmptyState title={t('departments.none_open')} />
    </Blank>
  );
}

function DepartmentList() {
  const { t } = useTranslation('organisation');
  const can = useCan();
  const departments = useQuery(departmentsQuery);
  const order = useOrderDepartments();
  const [ordering, setOrdering] = useState(false);
  const mayManage = can('departments.manage');
  return (
    <ListPane
      title={t('departments.title')}
      query={departments}
      act={
        mayManage && (
          <>
            <Button variant="subtle" aria-pressed={ordering} onClick={() => setOrdering(!ordering)}>
              {t(ordering ? 'order.done' : 'order.begin')}
            </Button>
            <Button
              variant="default"
              component={Link}
              to={paths.newDepartment}
              leftSection={<IconPlus size={16} stroke={1.75} />}
            >
              {t('departments.new')}
            </Button>
          </>
        )
      }
    >
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState
            title={t('departments.empty')}
            text={t('departments.empty_why')}
            action={
              mayManage && (
                <Button variant="default" component={Link} to={paths.newDepartment}>
                  {t('departments.begin')}
                </Button>
              )
            }
          />
        ) : ordering ? (
          <>
            <RefusalLine error={order.error} />
            <OrderList
              rows={rows}
              mark={({ color }) => <Dot color={color} />}
              onMove={order.mutateAsync}
            />
          </>
        ) : (
          <ul>
            {rows.map((department) => (
              <li key={department.id}>
                <DepartmentRow department={department} />
              </li>
            ))}
          </ul>
        )
      }
    </ListPane>
  );
}

function DepartmentRow({ department }: { department: Department }) {
  const { t } = useTranslation('organisation');
  const { id, name, color, is_active, serves, member_count } = department;
  return (
    <Link to={paths.department} params={{ departmentId: String(id) }} className={panes.row}>
      <span>
        <Dot color={color} />
      </span>
      <b className="cut">{name}</b>
      {!is_active ? (
        <Chip>{t('departments.inactive')}</Chip>
      ) : (
        !serves && <Chip>{t('departments.internal')}</Chip>
      )}
      <small className="cut">{t('departments.people', { count: member_count })}</small>
    </Link>
  );
}
