import { NumberInput, Radio, Switch, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { SettingsPane } from '@/lib/panes/SettingsPane';
import { useSavedDraft } from '@/lib/panes/useSavedDraft';
import { useCan } from '@/lib/session';
import { contactSettingsQuery, useSaveContactSettings, type ContactSettings } from './api';

/** Whether who writes for the first time is saved by itself, and what they are asked before. */
export function ContactSettingsPage() {
  const { t } = useTranslation('intake');
  return (
    <SettingsPane
      title={t('contacts.title')}
      lead={t('contacts.lead')}
      query={useQuery(contactSettingsQuery)}
    >
      {(saved) => <ContactSettingsForm saved={saved} />}
    </SettingsPane>
  );
}

const ASKED = ['asks_consent', 'asks_birth_date', 'asks_document'] as const;

function ContactSettingsForm({ saved }: { saved: ContactSettings }) {
  const { t } = useTranslation('intake');
  const fixed = !useCan()('settings.manage');
  const { request_default, ...rest } = saved;
  const draft = useSavedDraft(rest, useSaveContactSettings(), t('saved'));
  const { values, set } = draft;
  const asks = values.restriction === 'approve';

  return (
    <div className={panes.form}>
      <div className={`${panes.scroll} scrolls`}>
        <section className={form.section} aria-label={t('contacts.saving')}>
          <h3>{t('contacts.saving')}</h3>
          <Switch
            label={t('contacts.saves')}
            description={t(values.saves_contacts ? 'contacts.saves_on' : 'contacts.saves_off')}
            disabled={fixed}
            checked={values.saves_contacts}
            onChange={({ currentTarget: { checked } }) => set('saves_contacts', checked)}
          />
        </section>
        <section className={form.section} aria-label={t('contacts.restriction')}>
          <h3>{t('contacts.restriction')}</h3>
          <Radio.Group
            aria-label={t('contacts.restriction')}
            value={values.restriction}
            onChange={(next) => set('restriction', next)}
          >
            <div className={form.stack}>
              {(['none', 'approve'] as const).map((one) => (
                <Radio
                  key={one}
                  value={one}
                  disabled={fixed}
                  label={t(`contacts.restriction_${one}`)}
                  description={t(`contacts.restriction_${one}_hint`)}
                />
              ))}
            </div>
          </Radio.Group>
        </section>
        {asks && (
          <section className={form.section} aria-label={t('contacts.asked')}>
            <h3>{t('contacts.asked')}</h3>
            <p>{t('contacts.asked_text')}</p>
            <div className={form.stack}>
              {ASKED.map((one) => (
                <Switch
                  key={one}
                  label={t(`contacts.${one}`)}
                  description={t(`contacts.${one}_hint`)}
                  disabled={fixed}
                  checked={values[one]}
                  onChange={({ currentTarget: { checked } }) => set(one, checked)}
                />
              ))}
              <Textarea
                label={t('contacts.request')}
                description={t('contacts.request_hint', { example: '{{contact.first_name}}' })}
                placeholder={request_default}
                autosize
                minRows={2}
                maxLength={1000}
                disabled={fixed}
                value={values.request_text}
                onChange={({ currentTarget: { value } }) => set('request_text', value)}
                {...draft.wrong('request_text')}
              />
            </div>
          </section>
        )}
        <section className={form.section} aria-label={t('contacts.tries')}>
          <NumberInput
            label={t('contacts.tries')}
            description={t('contacts.tries_hint')}
            min={1}
            max={10}
            allowDecimal={false}
            disabled={fixed}
            value={values.tries}
            onChange={(next) => typeof next === 'number' && set('tries', next)}
            {...draft.wrong('tries')}
          />
        </section>
      </div>
      {!fixed && draft.foot}
    </div>
  );
}
