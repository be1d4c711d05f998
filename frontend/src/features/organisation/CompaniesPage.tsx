import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { branchesQuery, companiesQuery, type Branch, type Company } from './api';
import { cnpj } from './cnpj';
import classes from './organisation.module.css';

export function CompaniesPage() {
  const { t } = useTranslation('organisation');
  usePageMark(t('companies.title'), 0);
  return <Panes home={paths.companies} list={<CompanyList />} />;
}

export function NoCompanyOpen() {
  const { t } = useTranslation('organisation');
  return (
    <Blank>
      <EmptyState title={t('companies.none_open')} />
    </Blank>
  );
}

function CompanyList() {
  const { t } = useTranslation('organisation');
  const can = useCan();
  const companies = useQuery(companiesQuery);
  const branches = useQuery(branchesQuery);
  return (
    <ListPane
      title={t('companies.title')}
      query={companies}
      act={
        can('companies.manage') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newCompany}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('companies.new')}
          </Button>
        )
      }
    >
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState
            title={t('companies.empty')}
            text={t('companies.empty_why')}
            action={
              can('companies.manage') && (
                <Button variant="default" component={Link} to={paths.newCompany}>
                  {t('companies.begin')}
                </Button>
              )
            }
          />
        ) : (
          <ul>
            {rows.map((company) => (
              <li key={company.id}>
                <CompanyRow company={company} />
                <ul>
                  {(branches.data?.data ?? [])
                    .filter(({ company_id }) => company_id === company.id)
                    .map((branch) => (
                      <li key={branch.id}>
                        <BranchRow branch={branch} />
                      </li>
                    ))}
                </ul>
              </li>
            ))}
          </ul>
        )
      }
    </ListPane>
  );
}

function CompanyRow({ company }: { company: Company }) {
  return (
    <Link
      to={paths.company}
      params={{ companyId: String(company.id) }}
      activeOptions={{ exact: true }}
      className={panes.row}
      data-plain
    >
      <b className="cut">{company.name}</b>
      <small className="cut num">
        {company.document ? cnpj(company.document) : (company.legal_name ?? '')}
      </small>
    </Link>
  );
}

function BranchRow({ branch }: { branch: Branch }) {
  const { t } = useTranslation('organisation');
  return (
    <Link
      to={paths.branch}
      params={{ companyId: String(branch.company_id), branchId: String(branch.id) }}
      className={`${panes.row} ${classes.nested}`}
      data-plain
    >
      <b className="cut">{branch.name}</b>
      <small className="cut">{branch.city ?? t('branch.no_city')}</small>
    </Link>
  );
}
