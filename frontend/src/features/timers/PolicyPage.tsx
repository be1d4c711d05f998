import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { policiesQuery, useRemovePolicy, useSavePolicy, type Policy, type PolicyBody } from './api';
import { PolicyFields } from './PolicyFields';

const route = getRouteApi('/in/configuracoes/sla/$policyId');

const NOTHING: PolicyBody = {
  name: '',
  is_active: true,
  department_ids: [],
  channel_ids: [],
  priorities: [],
  first_answer_min: 30,
  next_answer_min: 60,
  resolution_min: null,
  warn_percent: 75,
  warn_min: null,
};

export function PolicyPage() {
  const { policyId } = route.useParams();
  const policies = useQuery(policiesQuery);
  const policy = policies.data?.data.find(({ id }) => String(id) === policyId);
  if (policy) return <OpenPolicy key={policy.id} policy={policy} />;
  return (
    <Blank>
      {policies.isError && (
        <RefusalState error={policies.error} onRetry={() => void policies.refetch()} />
      )}
    </Blank>
  );
}

export function NewPolicy() {
  const { t } = useTranslation('timers');
  const navigate = useNavigate();
  return (
    <Editor
      id={0}
      title={t('sla.new_title')}
      saved={NOTHING}
      onSaved={({ id }) =>
        void navigate({
          to: paths.policy,
          params: { policyId: String(id) },
          ignoreBlocker: true,
        })
      }
    />
  );
}

function OpenPolicy({ policy }: { policy: Policy }) {
  const { t } = useTranslation('timers');
  const navigate = useNavigate();
  const remove = useRemovePolicy();
  const { id, valid_from, ...saved } = policy;
  return (
    <Editor id={id} title={policy.name} saved={saved} key={valid_from}>
      <section className={form.section}>
        <p>{t('sla.running_stay')}</p>
        <Button
          variant="default"
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(id, { onSuccess: () => void navigate({ to: paths.policies }) })
          }
        >
          {t('sla.remove')}
        </Button>
        <RefusalLine error={remove.error} />
      </section>
    </Editor>
  );
}

type EditorProps = {
  id: number;
  title: string;
  saved: PolicyBody;
  onSaved?: (policy: Policy) => void;
  children?: ReactNode;
};

function Editor({ id, title, saved, onSaved, children }: EditorProps) {
  const { t } = useTranslation('timers');
  const save = useSavePolicy(id);
  const draft = useDraft(saved);
  return (
    <Detail title={title} back={{ to: paths.policies, label: t('sla.back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <PolicyFields values={draft.values} set={draft.set} error={save.error} />
          {children}
        </div>
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={() =>
            save.mutate(draft.values, {
              onSuccess: (policy) => {
                draft.discard();
                toast({ message: t('saved') });
                onSaved?.(policy);
              },
            })
          }
          onDiscard={() => {
            draft.discard();
            save.reset();
          }}
        />
      </div>
    </Detail>
  );
}
