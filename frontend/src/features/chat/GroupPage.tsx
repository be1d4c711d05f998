import { MultiSelect, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import form from '@/lib/panes/form.module.css';
import { FormFoot } from '@/lib/panes/FormFoot';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import {
  accountQuery,
  groupsQuery,
  useSaveInternalGroup,
  type GroupBody,
  type InternalGroup,
} from './api';
import { Notices } from './Notices';

const route = getRouteApi('/in/configuracoes/grupos-internos/$groupId');

const bodyOf = ({ name, is_active, member_ids, department_ids }: InternalGroup): GroupBody => ({
  name,
  is_active,
  member_ids,
  department_ids,
});

export function InternalGroupPage() {
  const { groupId } = route.useParams();
  const groups = useQuery(groupsQuery);
  const group = groups.data?.data.find(({ id }) => String(id) === groupId);
  if (group) return <GroupForm key={group.id} group={group} />;
  return (
    <Blank>
      {groups.isError && (
        <RefusalState error={groups.error} onRetry={() => void groups.refetch()} />
      )}
    </Blank>
  );
}

export function NewInternalGroup() {
  return <GroupForm group={undefined} />;
}

const NOBODY: GroupBody = { name: '', is_active: true, member_ids: [], department_ids: [] };

function GroupForm({ group }: { group: InternalGroup | undefined }) {
  const { t } = useTranslation('chat');
  const navigate = useNavigate();
  const save = useSaveInternalGroup(group?.id);
  const draft = useDraft<GroupBody>(group ? bodyOf(group) : NOBODY);
  const submit = () =>
    save.mutate(draft.values, {
      onSuccess: ({ id }) => {
        draft.discard();
        toast({ message: t('groups.saved') });
        if (!group)
          void navigate({
            to: paths.internalGroup,
            params: { groupId: String(id) },
            ignoreBlocker: true,
          });
      },
    });

  return (
    <Detail
      title={group?.name ?? t('groups.new_title')}
      sub={group && t('group_of', { count: group.member_count })}
      back={{ to: paths.internalGroups, label: t('groups.back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <section className={form.section} aria-label={t('groups.people')}>
            <h3>{t('groups.people')}</h3>
            <p>{t('groups.people_text')}</p>
            <div className={form.stack}>
              <TextInput
                label={t('groups.name')}
                maxLength={60}
                value={draft.values.name}
                onChange={({ currentTarget: { value } }) => draft.set('name', value)}
              />
              <Members values={draft.values} set={draft.set} />
              {group && (
                <Switch
                  label={t('groups.is_active')}
                  description={t('groups.is_active_text')}
                  checked={draft.values.is_active}
                  onChange={({ currentTarget: { checked } }) => draft.set('is_active', checked)}
                />
              )}
            </div>
          </section>
          {group?.is_active && <Notices group={group} />}
        </div>
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={submit}
          onDiscard={() => {
            draft.discard();
            save.reset();
          }}
        />
      </div>
    </Detail>
  );
}

type MembersProps = {
  values: GroupBody;
  set: (name: 'member_ids' | 'department_ids', value: number[]) => void;
};

/** By name, and by department: whoever serves there comes and goes with it. */
function Members({ values, set }: MembersProps) {
  const { t } = useTranslation('chat');
  const { data: account } = useQuery(accountQuery);
  const members = (account?.members ?? []).filter(
    ({ id, is_active }) => is_active || values.member_ids.includes(id),
  );
  const departments = (account?.departments ?? []).filter(
    ({ id, is_active }) => is_active || values.department_ids.includes(id),
  );
  return (
    <>
      <MultiSelect
        searchable
        label={t('groups.members')}
        nothingFoundMessage={t('nobody_found')}
        data={members.map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
        value={values.member_ids.map(String)}
        onChange={(next) =>
          set(
            'member_ids',
            next.map(Number).sort((a, b) => a - b),
          )
        }
      />
      <MultiSelect
        searchable
        label={t('groups.departments')}
        data={departments.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={values.department_ids.map(String)}
        onChange={(next) =>
          set(
            'department_ids',
            next.map(Number).sort((a, b) => a - b),
          )
        }
      />
    </>
  );
}
