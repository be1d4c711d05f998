import { MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from '@/lib/panes/useDraft';
import { useEditor } from '../editor';
import { Fields } from '../fields/Fields';
import { withValue } from '../fields/ListField';
import { saveFacts, type FlowFacts } from '../model/commands';
import type { Settings } from '../model/document';
import { stands } from '../model/standing';
import { CHANNEL_KINDS, FLOW_FIELDS, FLOW_SECTIONS } from '../model/flow-fields';
import { sayWord } from '../words';
import { Sheet } from './Sheet';
import { SheetFoot } from './SheetFoot';
import classes from '../flows.module.css';

const NAME_MAX = 80;
const DESCRIPTION_MAX = 1000;

/** What holds for the whole flow: its name and channels, and what it does when no card knows better. */
export function SettingsSheet() {
  const { t } = useTranslation('flows');
  const { document, findings, act, mayEdit } = useEditor();
  const { name, description = '', channels, settings } = document;
  const draft = useDraft<FlowFacts>({ name, description, channels, settings });
  const { values, set } = draft;
  const written = saveFacts(document, values);
  const whole = findings.filter((one) => !one.card && stands(one, document, written));
  const wrong = (setting: string) =>
    whole.find((one) => `${one.setting}.`.startsWith(`settings.${setting}.`))?.message;
  const fallbackWrong = whole.find(({ code }) => code === 'L516')?.message;
  return (
    <Sheet
      title={t('flow_settings')}
      sub={t('flow_settings_sub')}
      foot={
        <SheetFoot
          changes={draft.changes}
          onSave={() => {
            act(written);
            draft.discard();
          }}
          onDiscard={draft.discard}
        />
      }
    >
      <TextInput
        label={t('field.flow_name')}
        maxLength={NAME_MAX}
        disabled={!mayEdit}
        value={values.name}
        onChange={({ currentTarget: { value } }) => set('name', value)}
      />
      <Textarea
        label={t('field.description')}
        autosize
        minRows={2}
        maxLength={DESCRIPTION_MAX}
        disabled={!mayEdit}
        value={values.description}
        onChange={({ currentTarget: { value } }) => set('description', value)}
      />
      <MultiSelect
        label={t('field.channels')}
        description={t('hint.channels')}
        disabled={!mayEdit}
        data={CHANNEL_KINDS.map((value) => ({ value, label: sayWord('channels', value) }))}
        value={values.channels}
        onChange={(next) => set('channels', next)}
      />
      {FLOW_SECTIONS.map((section) => {
        const members = (values.settings[section.name] ?? {}) as Settings;
        return (
          <section key={section.name} className={classes.section}>
            <h3>{t(`section.${section.name as 'fallback'}`)}</h3>
            <p>{t(`section_text.${section.name as 'fallback'}`)}</p>
            {section.name === 'fallback' && fallbackWrong && (
              <p role="alert" className={classes.wrong}>
                {fallbackWrong}
              </p>
            )}
            <Fields
              fields={section.fields}
              scope={section.name}
              values={members}
              disabled={!mayEdit}
              wrong={(field) => wrong(`${section.name}.${field}`)}
              onChange={(field, value) =>
                set(
                  'settings',
                  withValue(values.settings, section.name, withValue(members, field, value)),
                )
              }
            />
          </section>
        );
      })}
      <section className={classes.section}>
        <h3>{t('section.others')}</h3>
        <Fields
          fields={FLOW_FIELDS}
          scope="flow"
          values={values.settings}
          disabled={!mayEdit}
          wrong={wrong}
          onChange={(field, value) => set('settings', withValue(values.settings, field, value))}
        />
      </section>
    </Sheet>
  );
}
