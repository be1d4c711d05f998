import { Select } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusCard, useEditor } from './editor';
import { findCards } from './model/search';
import classes from './flows.module.css';

const MOST = 50;

/** Looks for a card by name, text or type and goes there; Ctrl+F from anywhere in the flow. */
export function CardSearch() {
  const { t } = useTranslation('flows');
  const { document, types } = useEditor();
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const find = useCallback(
    (said: string) => findCards(document, types, said).slice(0, MOST),
    [document, types],
  );
  const hits = useMemo(() => find(words), [find, words]);
  useFindKey(() => field.current?.focus());
  const go = (id: string | null) => {
    setWords('');
    if (id) focusCard(id);
  };
  const textOf = (id: string) => hits.find((hit) => hit.id === id)?.text;
  return (
    <Select
      ref={field}
      className={classes.find}
      aria-label={t('canvas.find')}
      placeholder={t('canvas.find')}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      rightSection={<span />}
      searchable
      selectFirstOptionOnChange
      value={null}
      searchValue={words}
      onSearchChange={setWords}
      data={hits.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      nothingFoundMessage={t('nothing_found', { words })}
      renderOption={({ option }) => (
        <span className={classes.hit}>
          <b>{option.label}</b>
          {textOf(option.value) && <small>{textOf(option.value)}</small>}
        </span>
      )}
      onChange={go}
      onKeyDown={(event) => {
        const { value } = event.currentTarget;
        const isMarked = event.currentTarget.getAttribute('aria-activedescendant');
        if (event.key !== 'Enter' || isMarked || value.trim() === '') return;
        /* Whoever types faster than the list marks its first line means that line. */
        const first = find(value)[0];
        event.preventDefault();
        if (first) go(first.id);
      }}
    />
  );
}

function useFindKey(find: () => void) {
  const now = useRef(find);
  useEffect(() => void (now.current = find));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      if (!isFind || event.shiftKey || event.altKey) return;
      event.preventDefault();
      now.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
