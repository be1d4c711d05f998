import { Button, NumberInput, Select, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { useEditor } from '../editor';
import { nameIn } from '../model/summary';
import type { Simulation } from './api';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

type Call = NonNullable<Simulation['call']>;

const OK = 200;
const NOBODY = '{"customers": []}';

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The other system's part, played by hand: nothing leaves the house. */
export function CallForm({ call }: { call: Call }) {
  const { t } = useTranslation('simulator');
  const { document, types } = useEditor();
  const { dispatch, query } = useConversation();
  const { kind, action, card, outcomes } = call;
  const isHttp = kind === 'http';
  const [outcome, setOutcome] = useState(outcomes[0] ?? 'ok');
  const [status, setStatus] = useState<number | string>(OK);
  const [body, setBody] = useState(isHttp ? '{}' : NOBODY);
  const data = isHttp ? { status: Number(status), body } : readJson(body);
  const isWrong = outcome === 'ok' && data === undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isWrong) return;
    const stub = { kind, action, times: 1, outcome, ...(outcome === 'ok' ? { data } : {}) };
    dispatch({ kind: 'answered', stub });
  };
  return (
    <form className={classes.call} onSubmit={submit} aria-label={t('call.title')}>
      <p>
        <b>{t('call.title')}</b> {t('call.of', { name: nameIn(document, types, card) ?? card })}
      </p>
      <pre className="scrolls" tabIndex={0} aria-label={t('call.request')}>
        {JSON.stringify(call.request, null, 2)}
      </pre>
      <Select
        label={t('call.outcome')}
        size="xs"
        allowDeselect={false}
        data={outcomes.map((value) => ({
          value,
          label: wordsFor('simulator', `outcome.${value}`) ?? value,
        }))}
        value={outcome}
        onChange={(value) => value && setOutcome(value)}
      />
      {outcome === 'ok' && isHttp && (
        <NumberInput
          label={t('call.status')}
          size="xs"
          min={100}
          max={599}
          allowDecimal={false}
          value={status}
          onChange={setStatus}
        />
      )}
      {outcome === 'ok' && (
        <Textarea
          label={t('call.body')}
          size="xs"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={20_000}
          value={body}
          error={isWrong && t('call.not_json')}
          onChange={({ currentTarget: { value } }) => setBody(value)}
        />
      )}
      <Button type="submit" size="xs" loading={query.isFetching}>
        {t('call.answer')}
      </Button>
    </form>
  );
}
