import { CloseButton, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useEffect, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useShown } from '@/lib/shortcuts';

const IDLE_MS = 250;

type Props = { value: string; onSearch: (text: string) => void; ref: Ref<HTMLInputElement> };

/** What is typed reaches the address after a breath, so that each letter is not a search. */
export function SearchField({ value, onSearch, ref }: Props) {
  const { t } = useTranslation('inbox');
  const shown = useShown();
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  if (known !== value) {
    /* The address moved by itself (back button, "limpar filtros"). */
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }

  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), IDLE_MS);
  };
  const clear = () => {
    clearTimeout(timer.current);
    setText('');
    onSearch('');
  };

  return (
    <TextInput
      ref={ref}
      type="text"
      role="searchbox"
      aria-label={t('search.label')}
      placeholder={t('search.placeholder')}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (text) clear();
        else event.currentTarget.blur();
      }}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      rightSectionWidth={34}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={t('search.clear')} onClick={clear} />
        ) : (
          <kbd aria-hidden="true">{shown('search')}</kbd>
        )
      }
    />
  );
}
