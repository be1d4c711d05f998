import { Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { SettingsPane } from '@/lib/panes/SettingsPane';
import { useSavedDraft } from '@/lib/panes/useSavedDraft';
import { useCan } from '@/lib/session';
import { termsQuery, useSaveTerms, type Terms } from './api';
import classes from './intake.module.css';

/** Where the privacy terms are read, and whether nobody is served before they accepted. */
export function TermsPage() {
  const { t } = useTranslation('intake');
  return (
    <SettingsPane title={t('terms.title')} lead={t('terms.lead')} query={useQuery(termsQuery)}>
      {(saved) => <TermsForm saved={saved} />}
    </SettingsPane>
  );
}

function TermsForm({ saved }: { saved: Terms }) {
  const { t } = useTranslation('intake');
  const fixed = !useCan()('privacy_terms.manage');
  const { url, is_required } = saved;
  const draft = useSavedDraft({ url, is_required }, useSaveTerms(), t('saved'));
  const { values, set } = draft;

  return (
    <div className={panes.form}>
      <div className={`${panes.scroll} scrolls`}>
        <section className={form.section} aria-label={t('terms.rule')}>
          <div className={form.stack}>
            <TextInput
              type="url"
              inputMode="url"
              label={t('terms.link')}
              description={t('terms.link_hint')}
              placeholder="https://"
              maxLength={500}
              disabled={fixed}
              value={values.url}
              onChange={({ currentTarget: { value } }) => set('url', value)}
              {...draft.wrong('url')}
            />
            <Switch
              label={t('terms.required')}
              description={t('terms.required_hint')}
              disabled={fixed}
              checked={values.is_required}
              onChange={({ currentTarget: { checked } }) => set('is_required', checked)}
            />
          </div>
        </section>
        {saved.version > 0 && (
          <section className={form.section} aria-label={t('terms.said')}>
            <h3>{t('terms.said')}</h3>
            <p>{t('terms.version', { version: saved.version })}</p>
            <blockquote className={classes.said}>{saved.wording}</blockquote>
          </section>
        )}
      </div>
      {!fixed && draft.foot}
    </div>
  );
}
