import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import IconInfo from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan, useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Avatar } from '@/ui/Avatar';
import {
  branchesQuery,
  groupsQuery,
  memberQuery,
  useAccount,
  useEditMember,
  type Member,
} from './api';
import { FormFoot } from '@/lib/panes/FormFoot';
import { MemberActs } from './MemberActs';
import { useDraft } from '@/lib/panes/useDraft';
import { useGroupName } from './words';
import classes from './team.module.css';

const route = getRouteApi('/in/configuracoes/usuarios/$memberId');

export function MemberPage() {
  const { memberId } = route.useParams();
  const member = useQuery(memberQuery(Number(memberId)));
  /* Without the names of groups and departments the form would show their numbers. */
  const groups = useQuery(groupsQuery);
  const account = useAccount();
  const hasNames = !groups.isPending && !account.isPending;
  if (member.data && hasNames) return <OpenMember key={member.data.id} member={member.data} />;
  return (
    <Blank>
      {member.isError && (
        <RefusalState error={member.error} onRetry={() => void member.refetch()} />
      )}
    </Blank>
  );
}

const options = (rows: { id: number; name: string }[] | undefined) =>
  (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }));

function OpenMember({ member }: { member: Member }) {
  const { t } = useTranslation('team');
  const can = useCan();
  const { account: mine } = useSession();
  const groupName = useGroupName();
  const groups = useQuery(groupsQuery);
  const branches = useQuery(branchesQuery);
  const { data: account } = useAccount();
  const edit = useEditMember(member.id);
  const draft = useDraft({
    display_name: member.display_name,
    signature: member.signature,
    group_id: member.group_id,
    department_ids: member.department_ids,
    branch_ids: member.branch_ids,
    channel_ids: member.channel_ids,
    is_agent: member.is_agent,
  });
  const { values, set } = draft;
  const refusal = edit.error ? asRefusal(edit.error) : undefined;
  const wrong = (field: string) => (refusal?.field === field ? { error: sayRefusal(refusal) } : {});
  const fixed = !can('users.edit') || member.is_above_you;
  const isMe = member.id === mine.member_id;

  const save = () =>
    edit.mutate(draft.change, {
      onSuccess: () => {
        draft.discard();
        toast({ message: t('saved') });
      },
    });

  return (
    <Detail
      title={member.display_name}
      sub={member.email}
      back={{ to: paths.members, label: t('members.back') }}
      mark={<Avatar name={member.display_name} size={48} photo={photoAddress(member.photo_id)} />}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          {(member.is_above_you || isMe) && (
            <p className={`${classes.notice} ${classes.section}`} role="note">
              <IconInfo size={18} stroke={1.75} aria-hidden="true" />
              {t(member.is_above_you ? 'member.above_you' : 'member.yourself')}
            </p>
          )}
          <section className={classes.section} aria-label={t('member.access')}>
            <h3>{t('member.access')}</h3>
            <p>{t('member.access_text')}</p>
            <div className={classes.stack}>
              <Select
                label={t('member.group')}
                allowDeselect={false}
                disabled={fixed || isMe}
                data={(groups.data?.data ?? []).map((group) => ({
                  value: String(group.id),
                  label: groupName(group),
                }))}
                value={String(values.group_id)}
                onChange={(next) => next && set('group_id', Number(next))}
                {...wrong('group_id')}
                {...wrong('permissions')}
                {...wrong('scope')}
              />
              <MultiSelect
                label={t('member.departments')}
                disabled={fixed || isMe}
                data={options(account?.departments)}
                value={values.department_ids.map(String)}
                onChange={(next) => set('department_ids', next.map(Number))}
                {...wrong('department_ids')}
              />
              {(branches.data?.data.length ?? 0) > 0 && (
                <MultiSelect
                  label={t('member.branches')}
                  description={t('member.branches_hint')}
                  disabled={fixed || isMe}
                  data={options(branches.data?.data)}
                  value={values.branch_ids.map(String)}
                  onChange={(next) => set('branch_ids', next.map(Number))}
                  {...wrong('branch_ids')}
                />
              )}
              <MultiSelect
                label={t('member.channels')}
                description={t('member.channels_hint')}
                placeholder={values.channel_ids === null ? t('member.every_channel') : undefined}
                disabled={fixed || isMe}
                data={options(account?.channels)}
                value={(values.channel_ids ?? []).map(String)}
                onChange={(next) => set('channel_ids', next.length > 0 ? next.map(Number) : null)}
                {...wrong('channel_ids')}
              />
            </div>
          </section>
          <section className={classes.section} aria-label={t('member.shown')}>
            <h3>{t('member.shown')}</h3>
            <div className={classes.stack}>
              <TextInput
                label={t('member.display_name')}
                description={t('member.display_name_hint')}
                maxLength={80}
                disabled={fixed}
                value={values.display_name}
                onChange={({ currentTarget: { value } }) => set('display_name', value)}
                {...wrong('display_name')}
              />
              <Textarea
                label={t('member.signature')}
                maxLength={300}
                autosize
                minRows={2}
                disabled={fixed}
                value={values.signature}
                onChange={({ currentTarget: { value } }) => set('signature', value)}
              />
              <Switch
                label={t('member.is_agent')}
                description={t('member.is_agent_hint')}
                disabled={fixed}
                checked={values.is_agent}
                onChange={({ currentTarget: { checked } }) => set('is_agent', checked)}
              />
            </div>
          </section>
          <MemberActs member={member} isMe={isMe} />
        </div>
        {!fixed && (
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
