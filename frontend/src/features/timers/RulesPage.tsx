import { Button, Select, Skeleton, Switch } from '@mantine/core';
import { useQuery, type UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { accountQuery, timersQuery } from './api';
import classes from './timers.module.css';

export type Rule = { department_id: number | null; is_on: boolean };

export type FieldsProps<R> = {
  rule: R;
  set: (change: Partial<R>) => void;
  fixed: boolean;
  /** What was refused of this field, to stand beside it. */
  wrong: (field: keyof R & string) => { error?: string };
};

type Props<R extends Rule> = {
  kind: 'transfer' | 'idle';
  blank: R;
  read: (timers: NonNullable<Awaited<ReturnType<NonNullable<typeof timersQuery.queryFn>>>>) => R[];
  save: UseMutationResult<unknown, Error, R[]>;
  fields: (props: FieldsProps<R>) => ReactNode;
};

/** Rules of the account and of departments that have their own: one is edited at a time, all are saved together. */
export function RulesPage<R extends Rule>(props: Props<R>) {
  const { kind, blank, read } = props;
  const { t } = useTranslation('timers');
  const timers = useQuery(timersQuery);
  usePageMark(t(`${kind}.title`), 0);
  const saved = timers.data && read(timers.data);
  const whole = saved?.some(({ department_id }) => department_id === null)
    ? saved
    : saved && [blank, ...saved];
  return (
    <Detail title={t(`${kind}.title`)} sub={t(`${kind}.lead`)}>
      {whole ? (
        <RulesForm {...props} saved={whole} />
      ) : timers.isError ? (
        <RefusalState error={timers.error} onRetry={() => void timers.refetch()} />
      ) : (
        <div className={panes.scroll}>
          <Skeleton height={160} />
        </div>
      )}
    </Detail>
  );
}

function RulesForm<R extends Rule>({ kind, saved, save, fields }: Props<R> & { saved: R[] }) {
  const { t } = useTranslation('timers');
  const fixed = !useCan()('settings.manage');
  const account = useQuery(accountQuery);
  const draft = useDraft({ rules: saved });
  const [scope, setScope] = useState<number | null>(null);
  const { rules } = draft.values;
  const place = rules.findIndex(({ department_id }) => department_id === scope);
  const rule = rules[place];
  const standard = rules.find(({ department_id }) => department_id === null);
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const departments = account.data?.departments ?? [];
  const has = (id: number) => rules.some(({ department_id }) => department_id === id);

  const set = (change: Partial<R>) =>
    draft.set(
      'rules',
      rules.map((one, at) => (at === place ? { ...one, ...change } : one)),
    );

  return (
    <div className={panes.form}>
      <div className={`${panes.scroll} scrolls`}>
        <section className={form.section} aria-label={t('scope.label')}>
          <div className={classes.scope}>
            <Select
              label={t('scope.label')}
              description={t('scope.hint')}
              allowDeselect={false}
              searchable
              data={[
                { value: '', label: t('scope.account') },
                ...departments.map(({ id, name }) => ({
                  value: String(id),
                  label: has(id) ? t('scope.own', { name }) : name,
                })),
              ]}
              value={scope === null ? '' : String(scope)}
              onChange={(next) => setScope(next ? Number(next) : null)}
            />
            {scope !== null && rule && !fixed && (
              <Button
                variant="default"
                onClick={() =>
                  draft.set(
                    'rules',
                    rules.filter((_, at) => at !== place),
                  )
                }
              >
                {t('scope.remove')}
              </Button>
            )}
          </div>
        </section>
        {rule ? (
          <section className={form.section} aria-label={t(`${kind}.rule`)}>
            <h3>{t(`${kind}.rule`)}</h3>
            <div className={form.stack}>
              <Switch
                label={t(`${kind}.is_on`)}
                description={t(`${kind}.is_on_hint`)}
                disabled={fixed}
                checked={rule.is_on}
                onChange={({ currentTarget }) =>
                  set({ is_on: currentTarget.checked } as Partial<R>)
                }
              />
              {fields({
                rule,
                set,
                fixed,
                wrong: (field) =>
                  refusal?.field === `rules[${place}].${field}`
                    ? { error: sayRefusal(refusal) }
                    : {},
              })}
            </div>
          </section>
        ) : (
          <section className={form.section}>
            <p>{t('scope.follows')}</p>
            {!fixed && standard && (
              <Button
                variant="default"
                onClick={() =>
                  draft.set('rules', [...rules, { ...standard, department_id: scope }])
                }
              >
                {t('scope.add')}
              </Button>
            )}
          </section>
        )}
      </div>
      {!fixed && (
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={() =>
            save.mutate(rules, {
              onSuccess: () => {
                draft.discard();
                toast({ message: t('saved') });
              },
            })
          }
          onDiscard={() => {
            draft.discard();
            save.reset();
          }}
        />
      )}
    </div>
  );
}
