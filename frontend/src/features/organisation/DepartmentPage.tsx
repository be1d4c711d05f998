import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import {
  companiesQuery,
  departmentMembersQuery,
  departmentsQuery,
  useCreateDepartment,
  useEditDepartment,
  useRemoveDepartment,
  useSaveDepartmentMembers,
  type Department,
  type DepartmentBody,
  type DepartmentMember,
} from './api';
import { DepartmentFields } from './DepartmentFields';
import { DepartmentPeople } from './DepartmentPeople';
import { Dot } from './Dot';

const route = getRouteApi('/in/configuracoes/setores/$departmentId');

const bodyOf = (department: Department): DepartmentBody => ({
  name: department.name,
  company_id: department.company_id,
  description: department.description,
  color: department.color,
  is_active: department.is_active,
  serves: department.serves,
  is_confidential: department.is_confidential,
  notifies_transfer: department.notifies_transfer,
  welcome_text: department.welcome_text,
  away_text: department.away_text,
});

export function DepartmentPage() {
  const { departmentId } = route.useParams();
  const departments = useQuery(departmentsQuery);
  const companies = useQuery(companiesQuery);
  const members = useQuery(departmentMembersQuery(Number(departmentId)));
  const department = departments.data?.data.find(({ id }) => String(id) === departmentId);
  if (department && members.data && !companies.isPending) {
    return (
      <OpenDepartment key={department.id} department={department} members={members.data.members} />
    );
  }
  const failed = [departments, members].find(({ isError }) => isError);
  return (
    <Blank>
      {failed && <RefusalState error={failed.error} onRetry={() => void failed.refetch()} />}
    </Blank>
  );
}

type Props = { department: Department; members: DepartmentMember[] };

/** One bar saves both: what the department is, and who serves in it. */
function OpenDepartment({ department, members }: Props) {
  const { t } = useTranslation('organisation');
  const can = useCan();
  const edit = useEditDepartment(department.id);
  const place = useSaveDepartmentMembers(department.id);
  const draft = useDraft(bodyOf(department));
  const people = useDraft({ members });
  const mayEdit = can('departments.manage');
  const mayPlace = can('departments.members');

  const save = async () => {
    if (draft.changes > 0) await edit.mutateAsync(draft.change);
    draft.discard();
    if (people.changes > 0) await place.mutateAsync(people.values.members);
    people.discard();
    toast({ message: t('saved') });
  };
  const discard = () => {
    draft.discard();
    people.discard();
    edit.reset();
    place.reset();
  };

  return (
    <Detail
      title={department.name}
      sub={t('departments.people', { count: department.member_count })}
      back={{ to: paths.departments, label: t('departments.back') }}
      mark={<Dot color={department.color} />}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <DepartmentFields
            values={draft.values}
            set={draft.set}
            error={edit.error}
            fixed={!mayEdit}
          />
          <DepartmentPeople
            members={people.values.members}
            notifies={draft.values.notifies_transfer}
            fixed={!mayPlace}
            onChange={(next) => people.set('members', next)}
          />
          {mayEdit && <DepartmentActs department={department} />}
        </div>
        {(mayEdit || mayPlace) && (
          <FormFoot
            changes={draft.changes + people.changes}
            saving={edit.isPending || place.isPending}
            error={edit.error ?? place.error}
            onSave={() => void save().catch(() => undefined)}
            onDiscard={discard}
          />
        )}
      </div>
    </Detail>
  );
}

function DepartmentActs({ department }: { department: Department }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const remove = useRemoveDepartment();
  return (
    <section className={form.section}>
      <Button
        variant="default"
        color="red"
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(department.id, {
            onSuccess: () => void navigate({ to: paths.departments }),
          })
        }
      >
        {t('departments.remove')}
      </Button>
      <RefusalLine error={remove.error} />
    </section>
  );
}

export function NewDepartment() {
  const companies = useQuery(companiesQuery);
  const first = companies.data?.data[0];
  if (first) return <NewForm companyId={first.id} />;
  return (
    <Blank>
      {companies.isError && (
        <RefusalState error={companies.error} onRetry={() => void companies.refetch()} />
      )}
      {companies.data && <NoCompany />}
    </Blank>
  );
}

function NoCompany() {
  const { t } = useTranslation('organisation');
  return <p>{t('departments.no_company')}</p>;
}

function NewForm({ companyId }: { companyId: number }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const create = useCreateDepartment();
  const draft = useDraft<DepartmentBody>({
    name: '',
    company_id: companyId,
    description: '',
    color: 'sand',
    is_active: true,
    serves: true,
    is_confidential: false,
    notifies_transfer: true,
    welcome_text: '',
    away_text: '',
  });
  const save = () =>
    create.mutate(draft.values, {
      onSuccess: ({ id }) => {
        draft.discard();
        void navigate({
          to: paths.department,
          params: { departmentId: String(id) },
          ignoreBlocker: true,
        });
      },
    });
  return (
    <Detail
      title={t('departments.new_title')}
      back={{ to: paths.departments, label: t('departments.back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <DepartmentFields
            values={draft.values}
            set={draft.set}
            error={create.error}
            fixed={false}
          />
        </div>
        <FormFoot
          changes={draft.changes}
          saving={create.isPending}
          error={create.error}
          onSave={save}
          onDiscard={draft.discard}
        />
      </div>
    </Detail>
  );
}
