import { Button, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { TextField } from '@/lib/panes/TextField';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState, sayRefusal } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import {
  reasonsQuery,
  useCreateReason,
  useEditReason,
  useRemoveReason,
  type CloseReason,
  type ReasonBody,
} from './api';

const route = getRouteApi('/in/configuracoes/encerramento/$reasonId');

const NOTHING: ReasonBody = { name: '', message: '', forces_message: false, is_active: true };

export function ReasonPage() {
  const { reasonId } = route.useParams();
  const reasons = useQuery(reasonsQuery);
  const reason = reasons.data?.data.find(({ id }) => String(id) === reasonId);
  if (reason) return <OpenReason key={reason.id} reason={reason} />;
  return (
    <Blank>
      {reasons.isError && (
        <RefusalState error={reasons.error} onRetry={() => void reasons.refetch()} />
      )}
    </Blank>
  );
}

function OpenReason({ reason }: { reason: CloseReason }) {
  const { t } = useTranslation('organisation');
  const edit = useEditReason(reason.id);
  const { name, message, forces_message, is_active } = reason;
  const draft = useDraft<ReasonBody>({ name, message, forces_message, is_active });
  return (
    <Detail title={reason.name} back={{ to: paths.closing, label: t('closing.back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <ReasonFields values={draft.values} set={draft.set} error={edit.error} />
          <ReasonActs reason={reason} />
        </div>
        <FormFoot
          changes={draft.changes}
          saving={edit.isPending}
          error={edit.error}
          onSave={() =>
            edit.mutate(draft.change, {
              onSuccess: () => {
                draft.discard();
                toast({ message: t('saved') });
              },
            })
          }
          onDiscard={() => {
            draft.discard();
            edit.reset();
          }}
        />
      </div>
    </Detail>
  );
}

export function NewReason() {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const create = useCreateReason();
  const draft = useDraft(NOTHING);
  return (
    <Detail title={t('closing.new_title')} back={{ to: paths.closing, label: t('closing.back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <ReasonFields values={draft.values} set={draft.set} error={create.error} />
        </div>
        <FormFoot
          changes={draft.changes}
          saving={create.isPending}
          error={create.error}
          onSave={() =>
            create.mutate(draft.values, {
              onSuccess: ({ id }) => {
                draft.discard();
                void navigate({
                  to: paths.reason,
                  params: { reasonId: String(id) },
                  ignoreBlocker: true,
                });
              },
            })
          }
          onDiscard={draft.discard}
        />
      </div>
    </Detail>
  );
}

type FieldProps = {
  values: ReasonBody;
  set: <K extends keyof ReasonBody>(name: K, value: ReasonBody[K]) => void;
  error: unknown;
};

function ReasonFields({ values, set, error }: FieldProps) {
  const { t } = useTranslation('organisation');
  const refusal = error ? asRefusal(error) : undefined;
  const wrong = (field: string) =>
    refusal?.field === field || (field === 'name' && refusal?.slug === 'reason_name_is_taken')
      ? { error: sayRefusal(refusal) }
      : {};
  return (
    <section className={form.section} aria-label={t('reason.data')}>
      <h3>{t('reason.data')}</h3>
      <div className={form.stack}>
        <TextInput
          label={t('reason.name')}
          maxLength={60}
          value={values.name}
          onChange={({ currentTarget }) => set('name', currentTarget.value)}
          {...wrong('name')}
        />
        <TextField
          label={t('reason.message')}
          description={t('reason.message_hint')}
          disabled={false}
          value={values.message}
          onChange={(next) => set('message', next)}
          {...wrong('message')}
        />
        <Switch
          label={t('reason.forces')}
          description={t('reason.forces_hint')}
          checked={values.forces_message}
          onChange={({ currentTarget }) => set('forces_message', currentTarget.checked)}
        />
        <Switch
          label={t('reason.is_active')}
          description={t('reason.is_active_hint')}
          checked={values.is_active}
          onChange={({ currentTarget }) => set('is_active', currentTarget.checked)}
        />
      </div>
    </section>
  );
}

function ReasonActs({ reason }: { reason: CloseReason }) {
  const { t } = useTranslation('organisation');
  const navigate = useNavigate();
  const remove = useRemoveReason();
  return (
    <section className={form.section}>
      <Button
        variant="default"
        color="red"
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(reason.id, { onSuccess: () => void navigate({ to: paths.closing }) })
        }
      >
        {t('reason.remove')}
      </Button>
      <RefusalLine error={remove.error} />
    </section>
  );
}
