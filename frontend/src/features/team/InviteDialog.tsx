import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { groupsQuery, useAccount, useInvite } from './api';
import { useGroupName } from './words';
import classes from './team.module.css';

type Props = { open: boolean; onClose: () => void };

export function InviteDialog({ open, onClose }: Props) {
  const { t } = useTranslation('team');
  return (
    <Dialog open={open} title={t('invite.title')} onClose={onClose}>
      <InviteForm onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation(['team', 'common', 'refused']);
  const groupName = useGroupName();
  const groups = useQuery(groupsQuery);
  const { data: account } = useAccount();
  const invite = useInvite();
  const form = useForm({
    initialValues: { email: '', group_id: '', department_ids: [] as string[] },
    validate: schemaResolver(
      z.object({
        email: z.string().check(z.trim(), z.email(t('refused:email_invalid'))),
        group_id: z.string().check(z.minLength(1, t('refused:required'))),
        department_ids: z.array(z.string()),
      }),
      { sync: true },
    ),
  });

  const submit = form.onSubmit(({ email, group_id, department_ids }) =>
    invite.mutate(
      {
        email: email.trim(),
        group_id: Number(group_id),
        department_ids: department_ids.map(Number),
      },
      {
        onSuccess: (sent) => {
          toast({ message: t('invite.sent', { email: sent.email }) });
          onClose();
        },
        onError: (thrown) => refuseField(form, thrown),
      },
    ),
  );

  return (
    <form onSubmit={submit} aria-label={t('invite.title')} noValidate>
      <div className={classes.stack}>
        <TextInput
          type="email"
          label={t('invite.email')}
          description={t('invite.email_hint')}
          data-autofocus
          {...form.getInputProps('email')}
        />
        <Select
          label={t('member.group')}
          allowDeselect={false}
          data={(groups.data?.data ?? []).map((group) => ({
            value: String(group.id),
            label: groupName(group),
          }))}
          {...form.getInputProps('group_id')}
        />
        <MultiSelect
          label={t('member.departments')}
          data={(account?.departments ?? []).map(({ id, name }) => ({
            value: String(id),
            label: name,
          }))}
          {...form.getInputProps('department_ids')}
        />
        <RefusalLine error={invite.error} />
      </div>
      <div className={classes.dialogActs}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={invite.isPending}>
          {t('invite.send')}
        </Button>
      </div>
    </form>
  );
}
