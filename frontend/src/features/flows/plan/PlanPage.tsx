import { Button, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeavingAsks } from '@/lib/LeavingAsks';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { SaveBar } from '@/ui/SaveBar';
import { useNewFlow, usePalette } from '../api';
import { FlowMap } from '../canvas/FlowMap';
import { NAME_MAX } from '../start/NewFlow';
import { DepartmentsQuestion } from './DepartmentsQuestion';
import { AiQuestion, ReachQuestion } from './SystemQuestions';
import { OptionsQuestion, withOption } from './OptionsQuestion';
import { missingOf, named, type Plan, type Sketch } from './sketch';
import { useSketcher } from './useSketcher';
import classes from './plan.module.css';

const route = getRouteApi('/in/fluxos/planejar');

const UNASKED: Plan = {
  reach: 'nothing',
  lookups: '',
  wantsAi: false,
  intents: '',
  options: withOption(withOption([])),
  fallback: null,
};

/** Four questions, and beside them the flow that their answers make. */
export function PlanPage() {
  const { t } = useTranslation('flowplan');
  const can = useCan();
  usePageMark(t('title'), 0);
  if (can('flows.edit')) return <PlanForm />;
  return (
    <Blank>
      <EmptyState title={t('forbidden')} text={t('forbidden_who')} />
    </Blank>
  );
}

function PlanForm() {
  const { t } = useTranslation(['flowplan', 'flows']);
  const navigate = useNavigate();
  const given = route.useSearch().name;
  const [name, setName] = useState(given ?? t('name_first'));
  const [plan, setPlan] = useState(UNASKED);
  const make = useNewFlow();
  const draw = useSketcher();
  const shown = useDeferredValue(plan);
  const sketch = useMemo(() => draw(shown), [draw, shown]);
  const answer = (change: Partial<Plan>) => setPlan((before) => ({ ...before, ...change }));
  const submit = () =>
    make.mutate(
      { name: name.trim(), document: draw(plan) },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: paths.flow,
            params: { flowId: String(id) },
            ignoreBlocker: true,
          }),
      },
    );
  const missing = useMissing(plan, name);
  return (
    <Detail
      title={t('title')}
      place={t('flows:title')}
      sub={t('lead')}
      back={{ to: paths.flows, label: t('back'), always: true }}
    >
      <form
        className={panes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing.stops) submit();
        }}
      >
        <div className={`${panes.scroll} scrolls`}>
          <div className={classes.halves}>
            <div className={classes.questions}>
              <ReachQuestion at={1} plan={plan} onAnswer={answer} />
              <AiQuestion at={2} plan={plan} onAnswer={answer} />
              <OptionsQuestion at={3} plan={plan} onAnswer={answer} />
              <DepartmentsQuestion at={4} plan={plan} onAnswer={answer} />
              <TextInput
                label={t('name')}
                maxLength={NAME_MAX}
                value={name}
                onChange={({ currentTarget: { value } }) => setName(value)}
              />
            </div>
            <Preview sketch={sketch} />
          </div>
        </div>
        <RefusalLine error={make.error} />
        <SaveBar summary={missing.said}>
          <Button type="submit" size="md" loading={make.isPending} disabled={missing.stops}>
            {t('make')}
          </Button>
        </SaveBar>
      </form>
      <LeavingAsks
        asks={plan !== UNASKED && !make.isSuccess}
        title={t('leave.title')}
        text={t('leave.text')}
        discard={t('leave.discard')}
        stay={t('leave.stay')}
      />
    </Detail>
  );
}

/** What keeps it from being made; else what is left for later. */
function useMissing(plan: Plan, name: string) {
  const { t } = useTranslation('flowplan');
  const missing = missingOf(plan, name);
  if (missing) return { stops: true, said: t(`missing.${missing}`) };
  const open = [plan.fallback, ...named(plan.options).map(({ department }) => department)];
  const count = open.filter((one) => one === null).length;
  return { stops: false, said: count > 0 ? t('departments_open', { count }) : '' };
}

/** As it will stand on the board; notes are read beside it. */
function Preview({ sketch }: { sketch: Sketch }) {
  const { t } = useTranslation('flowplan');
  const { types } = usePalette();
  const notes = sketch.notes ?? [];
  return (
    <section className={classes.preview} aria-label={t('sketch')}>
      <h3>{t('sketch')}</h3>
      <div className={classes.map}>
        {/* Anew with every card: it is the whole that is looked at. */}
        <FlowMap key={sketch.cards.length} document={sketch} types={types} />
      </div>
      {notes.length > 0 && <h4>{t('notes')}</h4>}
      {notes.map(({ id, text }) => (
        <p key={id} className={classes.note}>
          {text}
        </p>
      ))}
    </section>
  );
}
