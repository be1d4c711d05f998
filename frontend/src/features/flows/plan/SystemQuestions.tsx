import { Radio, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Question, type Asked } from './Question';
import classes from './plan.module.css';

const WISHES_MAX = 1000;

/** A system to look things up in: an ERP, another one, or none. What no card does yet is said, and noted. */
export function ReachQuestion({ at, plan: { reach, lookups }, onAnswer }: Asked) {
  const { t } = useTranslation('flowplan');
  return (
    <Question at={at} question={t('reach.question')} text={t('reach.text')}>
      <Radio.Group
        label={t('reach.question')}
        classNames={{ label: classes.heard }}
        value={reach}
        onChange={(value) => onAnswer({ reach: value })}
      >
        <div className={classes.choices}>
          <Radio value="nothing" label={t('reach.nothing')} description={t('reach.nothing_text')} />
          <Radio value="erp" label={t('reach.erp')} description={t('reach.erp_text')} />
          <Radio value="api" label={t('reach.api')} description={t('reach.api_text')} />
        </div>
      </Radio.Group>
      {reach !== 'nothing' && (
        <Wishes
          label={t('reach.lookups')}
          hint={t('reach.lookups_hint')}
          value={lookups}
          onChange={(value) => onAnswer({ lookups: value })}
        />
      )}
    </Question>
  );
}

export function AiQuestion({ at, plan: { wantsAi, intents }, onAnswer }: Asked) {
  const { t } = useTranslation('flowplan');
  return (
    <Question at={at} question={t('ai.question')} text={t('ai.text')}>
      <Radio.Group
        label={t('ai.question')}
        classNames={{ label: classes.heard }}
        value={wantsAi ? 'yes' : 'no'}
        onChange={(value) => onAnswer({ wantsAi: value === 'yes' })}
      >
        <div className={classes.choices}>
          <Radio value="no" label={t('ai.no')} description={t('ai.no_text')} />
          <Radio value="yes" label={t('ai.yes')} description={t('ai.yes_text')} />
        </div>
      </Radio.Group>
      {wantsAi && (
        <Wishes
          label={t('ai.intents')}
          hint={t('ai.intents_hint')}
          value={intents}
          onChange={(value) => onAnswer({ intents: value })}
        />
      )}
    </Question>
  );
}

type WishesProps = { label: string; hint: string; value: string; onChange: (to: string) => void };

function Wishes({ label, hint, value, onChange }: WishesProps) {
  return (
    <Textarea
      label={label}
      description={hint}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={WISHES_MAX}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
