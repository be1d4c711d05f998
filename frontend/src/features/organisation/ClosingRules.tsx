import { Skeleton, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { settingsQuery, useSaveSettings, type Settings } from './api';

export function ClosingRules() {
  const { t } = useTranslation('organisation');
  const settings = useQuery(settingsQuery);
  return (
    <Detail title={t('closing.rules')} back={{ to: paths.closing, label: t('closing.back') }}>
      {settings.data ? (
        <RulesForm saved={settings.data} />
      ) : settings.isError ? (
        <RefusalState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <div className={panes.scroll}>
          <Skeleton height={160} />
        </div>
      )}
    </Detail>
  );
}

function RulesForm({ saved }: { saved: Settings }) {
  const { t } = useTranslation('organisation');
  const fixed = !useCan()('settings.manage');
  const save = useSaveSettings();
  const draft = useDraft({ requires_reason: saved.requires_reason });
  return (
    <div className={panes.form}>
      <div className={`${panes.scroll} scrolls`}>
        <section className={form.section} aria-label={t('closing.rules')}>
          <Switch
            label={t('closing.requires_reason')}
            description={t('closing.requires_reason_hint')}
            disabled={fixed}
            checked={draft.values.requires_reason}
            onChange={({ currentTarget }) => draft.set('requires_reason', currentTarget.checked)}
          />
        </section>
        <section className={form.section} aria-label={t('closing.said')}>
          <h3>{t('closing.said')}</h3>
          <p>{t('closing.precedence')}</p>
          <p className={form.notice}>{saved.closing_text || t('closing.says_nothing')}</p>
          <p>
            <Link to={paths.messages}>{t('closing.to_messages')}</Link>
          </p>
        </section>
      </div>
      {!fixed && (
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={() =>
            save.mutate(draft.change, {
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
