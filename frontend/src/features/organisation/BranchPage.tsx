import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { branchesQuery, companiesQuery, useRemoveBranch, useSaveBranch, type Branch } from './api';

const route = getRouteApi('/in/configuracoes/empresas/$companyId/filiais/$branchId');
const newRoute = getRouteApi('/in/configuracoes/empresas/$companyId/filiais/nova');

export function BranchPage() {
  const { branchId } = route.useParams();
  const branches = useQuery(branchesQuery);
  const companies = useQuery(companiesQuery);
  const branch = branches.data?.data.find(({ id }) => String(id) === branchId);
  if (branch && companies.data) return <BranchForm key={branch.id} branch={branch} />;
  return (
    <Blank>
      {branches.isError && (
        <RefusalState error={branches.error} onRetry={() => void branches.refetch()} />
      )}
    </Blank>
  );
}

export function NewBranch() {
  const { companyId } = newRoute.useParams();
  return <BranchForm branch={{ id: 0, company_id: Number(companyId), name: '', city: null }} />;
}

function BranchForm({ branch }: { branch: Branch }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const companies = useQuery(companiesQuery);
  const fixed = !useCan()('companies.manage');
  const isNew = branch.id === 0;
  const save = useSaveBranch(branch.id);
  const draft = useDraft({ name: branch.name, company_id: branch.company_id, city: branch.city });
  const { values, set } = draft;
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const wrong = (field: string) =>
    refusal?.field === field || (field === 'name' && refusal?.slug === 'branch_name_is_taken')
      ? { error: sayRefusal(refusal) }
      : {};
  const send = () =>
    save.mutate(values, {
      onSuccess: ({ id, company_id }) => {
        draft.discard();
        toast({ message: t('saved') });
        if (isNew)
          void navigate({
            to: paths.branch,
            params: { companyId: String(company_id), branchId: String(id) },
            ignoreBlocker: true,
          });
      },
    });

  return (
    <Detail
      title={isNew ? t('branch.new_title') : branch.name}
      back={{ to: paths.companies, label: t('companies.back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <section className={form.section} aria-label={t('branch.data')}>
            <h3>{t('branch.data')}</h3>
            <p>{t('branch.text')}</p>
            <div className={form.stack}>
              <TextInput
                label={t('branch.name')}
                maxLength={80}
                disabled={fixed}
                value={values.name}
                onChange={({ currentTarget }) => set('name', currentTarget.value)}
                {...wrong('name')}
              />
              <TextInput
                label={t('branch.city')}
                maxLength={80}
                disabled={fixed}
                value={values.city ?? ''}
                onChange={({ currentTarget }) => set('city', currentTarget.value)}
                {...wrong('city')}
              />
              <Select
                label={t('branch.company')}
                allowDeselect={false}
                disabled={fixed}
                data={(companies.data?.data ?? []).map(({ id, name }) => ({
                  value: String(id),
                  label: name,
                }))}
                value={String(values.company_id)}
                onChange={(next) => next && set('company_id', Number(next))}
                {...wrong('company_id')}
              />
            </div>
          </section>
          {!isNew && !fixed && <BranchActs branch={branch} />}
        </div>
        {!fixed && (
          <FormFoot
            changes={draft.changes}
            saving={save.isPending}
            error={save.error}
            onSave={send}
            onDiscard={() => {
              draft.discard();
              save.reset();
            }}
          />
        )}
      </div>
    </Detail>
  );
}

function BranchActs({ branch }: { branch: Branch }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const remove = useRemoveBranch();
  return (
    <section className={form.section}>
      <Button
        variant="default"
        color="red"
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(branch.id, { onSuccess: () => void navigate({ to: paths.companies }) })
        }
      >
        {t('branch.remove')}
      </Button>
      <RefusalLine error={remove.error} />
    </section>
  );
}
