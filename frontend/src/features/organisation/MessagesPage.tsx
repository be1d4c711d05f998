import { NumberInput, Skeleton } from '@mantine/core';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { TextField } from '@/lib/panes/TextField';
import { useDraft } from '@/lib/panes/useDraft';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { settingsQuery, useSaveSettings, type Settings } from './api';

/** Between one message of a campaign and the next. */
const INTERVAL_S = { min: 5, max: 3600 };

export function MessagesPage() {
  const { t } = useTranslation('organisation');
  const settings = useQuery(settingsQuery);
  usePageMark(t('messages.title'), 0);
  return (
    <Detail title={t('messages.title')} sub={t('messages.lead')}>
      {settings.data ? (
        <MessagesForm saved={settings.data} />
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

function MessagesForm({ saved }: { saved: Settings }) {
  const { t } = useTranslation('organisation');
  const fixed = !useCan()('settings.manage');
  const save = useSaveSettings();
  const { welcome_text, closing_text, campaign_interval_s } = saved;
  const draft = useDraft({ welcome_text, closing_text, campaign_interval_s });
  const { values, set } = draft;
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const wrong = (field: string) => (refusal?.field === field ? { error: sayRefusal(refusal) } : {});

  return (
    <div className={panes.form}>
      <div className={`${panes.scroll} scrolls`}>
        <section className={form.section} aria-label={t('messages.texts')}>
          <h3>{t('messages.texts')}</h3>
          <div className={form.stack}>
            <TextField
              label={t('messages.welcome')}
              description={t('messages.welcome_hint')}
              disabled={fixed}
              value={values.welcome_text}
              onChange={(next) => set('welcome_text', next)}
              {...wrong('welcome_text')}
            />
            <TextField
              label={t('messages.closing')}
              description={t('messages.closing_hint')}
              disabled={fixed}
              value={values.closing_text}
              onChange={(next) => set('closing_text', next)}
              {...wrong('closing_text')}
            />
          </div>
        </section>
        <section className={form.section} aria-label={t('messages.campaigns')}>
          <h3>{t('messages.campaigns')}</h3>
          <p>{t('messages.interval_text')}</p>
          <div className={form.stack}>
            <NumberInput
              label={t('messages.interval')}
              description={t('messages.interval_hint', INTERVAL_S)}
              {...INTERVAL_S}
              allowDecimal={false}
              disabled={fixed}
              value={values.campaign_interval_s}
              onChange={(next) => typeof next === 'number' && set('campaign_interval_s', next)}
              {...wrong('campaign_interval_s')}
            />
            <p className={form.notice} role="note">
              <IconAlert size={18} stroke={1.75} aria-hidden="true" />
              <span>
                {t('messages.interval_risk')}{' '}
                {t('messages.interval_pace', {
                  count: Math.floor(3600 / Math.max(1, values.campaign_interval_s)),
                })}
              </span>
            </p>
          </div>
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
