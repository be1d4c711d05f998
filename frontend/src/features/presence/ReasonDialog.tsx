import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { COLORS, useRemoveReason, useSaveReason, type BreakReason, type ReasonBody } from './api';
import { Dot } from './Dot';
import classes from './presence.module.css';

const NOTHING: ReasonBody = { name: '', planned_min: 15, color: 'sand', is_active: true };

/** Without a reason, a new one. */
export function ReasonDialog({
  reason,
  onClose,
}: {
  reason: BreakReason | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation(['presence', 'common', 'refused']);
  const save = useSaveReason(reason?.id ?? 0);
  const remove = useRemoveReason();
  const form = useForm<ReasonBody>({
    initialValues: reason
      ? {
          name: reason.name,
          planned_min: reason.planned_min,
          color: reason.color,
          is_active: reason.is_active,
        }
      : NOTHING,
    validate: schemaResolver(
      z.object({ name: z.string().check(z.trim(), z.minLength(1, t('refused:required'))) }),
      { sync: true },
    ),
  });
  const title = reason ? t('settings.edit_title') : t('settings.new');
  const done = () => {
    toast({ message: t('settings.saved') });
    onClose();
  };
  const submit = form.onSubmit((body) =>
    save.mutate(body, { onSuccess: done, onError: (thrown) => refuseField(form, thrown) }),
  );
  return (
    <Dialog open title={title} onClose={onClose}>
      <form onSubmit={submit} aria-label={title} noValidate className={classes.stack}>
        <TextInput
          data-autofocus
          label={t('settings.name')}
          maxLength={60}
          {...form.getInputProps('name')}
        />
        <NumberInput
          label={t('settings.planned')}
          min={1}
          max={480}
          allowDecimal={false}
          {...form.getInputProps('planned_min')}
        />
        <Select
          label={t('settings.color')}
          allowDeselect={false}
          data={COLORS.map((color) => ({ value: color, label: t(`color.${color}`) }))}
          leftSection={<Dot color={form.getValues().color} />}
          {...form.getInputProps('color')}
        />
        {reason && (
          <Switch
            label={t('settings.active')}
            description={t('settings.active_hint')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
        )}
        <RefusalLine error={save.error ?? remove.error} />
        <div className={classes.dialogActs}>
          {reason && (
            <Button
              variant="default"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(reason.id, { onSuccess: onClose })}
            >
              {t('settings.remove')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('common:save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
