import { Button, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
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
import {
  companiesQuery,
  useRemoveCompany,
  useSaveCompany,
  type Company,
  type CompanyBody,
} from './api';
import { cnpj } from './cnpj';
import classes from './organisation.module.css';

const route = getRouteApi('/in/configuracoes/empresas/$companyId');

const NOTHING: Company = { id: 0, name: '', legal_name: null, document: null, phone: '' };

export function CompanyPage() {
  const { companyId } = route.useParams();
  const companies = useQuery(companiesQuery);
  const company = companies.data?.data.find(({ id }) => String(id) === companyId);
  if (company) return <CompanyForm key={company.id} company={company} />;
  return (
    <Blank>
      {companies.isError && (
        <RefusalState error={companies.error} onRetry={() => void companies.refetch()} />
      )}
    </Blank>
  );
}

export const NewCompany = () => <CompanyForm company={NOTHING} />;

const bodyOf = ({ name, legal_name, document, phone }: Company): CompanyBody => ({
  name,
  legal_name,
  document: document && cnpj(document),
  phone,
});

function CompanyForm({ company }: { company: Company }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const fixed = !useCan()('companies.manage');
  const isNew = company.id === 0;
  const save = useSaveCompany(company.id);
  const draft = useDraft(bodyOf(company));
  const { values, set } = draft;
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const field = (name: keyof CompanyBody) => ({
    disabled: fixed,
    value: values[name] ?? '',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      set(name, currentTarget.value),
    ...(refusal?.field === name ? { error: sayRefusal(refusal) } : {}),
  });
  const send = () =>
    save.mutate(values, {
      onSuccess: ({ id }) => {
        draft.discard();
        toast({ message: t('saved') });
        if (isNew)
          void navigate({
            to: paths.company,
            params: { companyId: String(id) },
            ignoreBlocker: true,
          });
      },
    });

  return (
    <Detail
      title={isNew ? t('company.new_title') : company.name}
      back={{ to: paths.companies, label: t('companies.back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <section className={form.section} aria-label={t('company.data')}>
            <h3>{t('company.data')}</h3>
            <div className={form.stack}>
              <TextInput
                label={t('company.name')}
                description={t('company.name_hint')}
                maxLength={80}
                {...field('name')}
              />
              <TextInput label={t('company.legal_name')} maxLength={160} {...field('legal_name')} />
              <TextInput label="CNPJ" maxLength={20} {...field('document')} />
              <TextInput label={t('company.phone')} type="tel" maxLength={30} {...field('phone')} />
            </div>
          </section>
          {!isNew && !fixed && <CompanyActs company={company} />}
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

function CompanyActs({ company }: { company: Company }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const remove = useRemoveCompany();
  return (
    <section className={form.section}>
      <div className={classes.acts}>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} />}
          onClick={() =>
            void navigate({ to: paths.newBranch, params: { companyId: String(company.id) } })
          }
        >
          {t('branch.new')}
        </Button>
        <Button
          variant="default"
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(company.id, { onSuccess: () => void navigate({ to: paths.companies }) })
          }
        >
          {t('company.remove')}
        </Button>
      </div>
      <RefusalLine error={remove.error} />
    </section>
  );
}
