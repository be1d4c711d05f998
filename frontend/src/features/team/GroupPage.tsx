import { Button } from '@mantine/core';
import IconInfo from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import {
  groupsQuery,
  useCreateGroup,
  useDeleteGroup,
  useEditGroup,
  type Group,
  type GroupBody,
} from './api';
import { FactorField } from './FactorField';
import { FormFoot } from '@/lib/panes/FormFoot';
import { GroupFacts } from './GroupFacts';
import { GroupFields } from './GroupFields';
import { PermissionSwitches } from './PermissionSwitches';
import { useDraft } from '@/lib/panes/useDraft';
import { useGroupName } from './words';
import classes from './team.module.css';

const route = getRouteApi('/in/configuracoes/grupos/$groupId');

const NOTHING: GroupBody = {
  name: '',
  description: '',
  permissions: [],
  scope: 'own',
  channel_ids: null,
  masks: 0,
  factor_from: null,
};

const bodyOf = ({
  name,
  description,
  permissions,
  scope,
  channel_ids,
  masks,
  factor_from,
}: Group): GroupBody => ({
  name,
  description,
  permissions,
  scope,
  channel_ids,
  masks,
  factor_from,
});

export function GroupPage() {
  const { groupId } = route.useParams();
  const groups = useQuery(groupsQuery);
  const group = groups.data?.data.find(({ id }) => String(id) === groupId);
  if (group) return <OpenGroup key={group.id} group={group} />;
  return (
    <Blank>
      {groups.isError && (
        <RefusalState error={groups.error} onRetry={() => void groups.refetch()} />
      )}
    </Blank>
  );
}

function OpenGroup({ group }: { group: Group }) {
  const { t } = useTranslation('team');
  const can = useCan();
  const groupName = useGroupName();
  const edit = useEditGroup(group.id);
  const draft = useDraft(bodyOf(group));
  const mayEdit = can('groups.manage');
  const fixed = group.builtin !== null || !mayEdit;
  const save = () =>
    edit.mutate(draft.change, {
      onSuccess: () => {
        draft.discard();
        toast({ message: t('saved') });
      },
    });
  return (
    <Detail
      title={groupName(group)}
      sub={t('groups.people', { count: group.member_count })}
      back={{ to: paths.groups, label: t('groups.back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          {group.builtin !== null && (
            <p className={`${classes.notice} ${classes.section}`} role="note">
              <IconInfo size={18} stroke={1.75} aria-hidden="true" />
              {t('groups.builtin_text')}
            </p>
          )}
          {fixed ? (
            <>
              <GroupFacts group={group} />
              {mayEdit && (
                <FactorField
                  value={draft.values.factor_from}
                  error={undefined}
                  onChange={(next) => draft.set('factor_from', next)}
                />
              )}
              <PermissionSwitches held={group.permissions} />
            </>
          ) : (
            <GroupFields values={draft.values} set={draft.set} error={edit.error} />
          )}
          {can('groups.manage') && <GroupActs group={group} />}
        </div>
        {mayEdit && (
          <FormFoot
            changes={draft.changes}
            saving={edit.isPending}
            error={edit.error}
            onSave={save}
            onDiscard={() => {
              draft.discard();
              edit.reset();
            }}
          />
        )}
      </div>
    </Detail>
  );
}

/** A copy is how one starts from a built-in group; one's own may go when nobody is in it. */
function GroupActs({ group }: { group: Group }) {
  const { t } = useTranslation('team');
  const navigate = useNavigate();
  const groupName = useGroupName();
  const create = useCreateGroup();
  const remove = useDeleteGroup();
  const copy = () =>
    create.mutate(
      { ...bodyOf(group), name: t('groups.copy_name', { name: groupName(group) }) },
      {
        onSuccess: ({ id }) => void navigate({ to: paths.group, params: { groupId: String(id) } }),
      },
    );
  return (
    <section className={classes.section}>
      <div className={classes.acts}>
        <Button variant="default" loading={create.isPending} onClick={copy}>
          {t('groups.copy')}
        </Button>
        {group.builtin === null && (
          <Button
            variant="default"
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(group.id, { onSuccess: () => void navigate({ to: paths.groups }) })
            }
          >
            {t('groups.remove')}
          </Button>
        )}
      </div>
      <RefusalLine error={create.error ?? remove.error} />
    </section>
  );
}

export function NewGroup() {
  const { t } = useTranslation('team');
  const navigate = useNavigate();
  const create = useCreateGroup();
  const draft = useDraft(NOTHING);
  const save = () =>
    create.mutate(draft.values, {
      onSuccess: ({ id }) => {
        draft.discard();
        void navigate({
          to: paths.group,
          params: { groupId: String(id) },
          ignoreBlocker: true,
        });
      },
    });
  return (
    <Detail title={t('groups.new_title')} back={{ to: paths.groups, label: t('groups.back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <GroupFields values={draft.values} set={draft.set} error={create.error} />
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
