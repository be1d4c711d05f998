import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import {
  accountQuery,
  distributionQuery,
  queuesQuery,
  useSaveLimits,
  useSaveRules,
  type Distribution,
  type Rules,
} from './api';
import { CapacityTable } from './CapacityTable';
import { RulesFields } from './RulesFields';
import { TellFields } from './TellFields';

const route = getRouteApi('/in/configuracoes/distribuicao/$departmentId');

export function RulesPage() {
  const { departmentId } = route.useParams();
  const distribution = useQuery(distributionQuery(Number(departmentId)));
  if (distribution.data) return <OpenRules key={departmentId} saved={distribution.data} />;
  return (
    <Blank>
      {distribution.isError && (
        <RefusalState error={distribution.error} onRetry={() => void distribution.refetch()} />
      )}
    </Blank>
  );
}

const rulesOf = (saved: Distribution): Rules => ({
  mode: saved.mode,
  returns_days: saved.returns_days,
  agent_limit: saved.agent_limit,
  tells: saved.tells,
  tell_text: saved.tell_text,
  tell_again_min: saved.tell_again_min,
});

/** One bar saves both: how the department gives, and how much each person holds. */
function OpenRules({ saved }: { saved: Distribution }) {
  const { t } = useTranslation('distribution');
  const account = useQuery(accountQuery);
  const queues = useQuery(queuesQuery);
  const rules = useDraft(rulesOf(saved));
  const limits = useDraft<Record<string, number | null>>(
    Object.fromEntries(saved.members.map((one) => [one.member_id, one.ticket_limit])),
  );
  const saveRules = useSaveRules(saved.department_id);
  const saveLimits = useSaveLimits();
  const name = account.data?.departments.find(({ id }) => id === saved.department_id)?.name ?? '';
  const queue = queues.data?.data.find((one) => one.department_id === saved.department_id);

  const save = async () => {
    if (rules.changes > 0) await saveRules.mutateAsync(rules.values);
    rules.discard();
    if (limits.changes > 0) {
      await saveLimits.mutateAsync(
        Object.entries(limits.change).map(([id, ticket_limit]) => ({
          member_id: Number(id),
          ticket_limit: ticket_limit ?? null,
        })),
      );
    }
    limits.discard();
    toast({ message: t('saved') });
  };
  const discard = () => {
    rules.discard();
    limits.discard();
    saveRules.reset();
    saveLimits.reset();
  };

  return (
    <Detail
      title={name}
      sub={queue && t('waiting', { count: queue.waiting })}
      back={{ to: paths.distribution, label: t('back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <RulesFields values={rules.values} set={rules.set} error={saveRules.error} />
          <TellFields
            values={rules.values}
            set={rules.set}
            error={saveRules.error}
            placeMs={queue?.place_ms ?? null}
          />
          <CapacityTable
            members={saved.members}
            people={account.data?.members ?? []}
            limits={limits.values}
            onChange={(id, limit) => limits.set(String(id), limit)}
          />
        </div>
        <FormFoot
          changes={rules.changes + limits.changes}
          saving={saveRules.isPending || saveLimits.isPending}
          error={saveRules.error ?? saveLimits.error}
          onSave={() => void save().catch(() => undefined)}
          onDiscard={discard}
        />
      </div>
    </Detail>
  );
}
