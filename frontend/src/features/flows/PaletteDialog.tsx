import { TextInput, UnstyledButton } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { plain } from '@/lib/plain';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from './editor';
import { CardTile } from './icons';
import type { CardKind, CardType } from './model/palette';
import classes from './flows.module.css';

const KINDS: CardKind[] = ['interaction', 'tool', 'condition', 'erp'];

type Props = { open: boolean; onClose: () => void; onPick: (type: CardType) => void };

/** Every type of card, by what it is for. */
export function PaletteDialog({ open, onClose, onPick }: Props) {
  const { t } = useTranslation('flows');
  const { list } = useEditor();
  return (
    <Dialog open={open} title={t('palette.title')} width={640} onClose={onClose}>
      <PaletteList types={list} onPick={onPick} />
    </Dialog>
  );
}

type ListProps = Pick<Props, 'onPick'> & {
  types: readonly CardType[];
  /** A type was taken, to be let go over the canvas. */
  onDrag?: (type: CardType, data: DataTransfer) => void;
};

/** Types, by what they are for; looked for by words. */
export function PaletteList({ types: offered, onPick, onDrag }: ListProps) {
  const { t } = useTranslation('flows');
  const [words, setWords] = useState('');
  const fits = ({ label, help = '' }: CardType) =>
    plain(`${label} ${help}`).includes(plain(words.trim()));
  const found = offered.filter(fits);
  return (
    <>
      <TextInput
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        leftSection={<IconSearch size={16} stroke={1.75} />}
        data-autofocus
        value={words}
        onChange={({ currentTarget: { value } }) => setWords(value)}
      />
      {found.length === 0 && <p role="status">{t('nothing_found', { words: words.trim() })}</p>}
      {KINDS.map((kind) => {
        const types = found.filter((one) => one.kind === kind);
        if (types.length === 0) return null;
        return (
          <section key={kind} className={classes.palette} aria-label={t(`kind.${kind}`)}>
            <h3>{t(`kind.${kind}`)}</h3>
            <ul>
              {types.map((type) => (
                <li key={type.type}>
                  <UnstyledButton
                    onClick={() => onPick(type)}
                    {...(onDrag && {
                      draggable: true,
                      onDragStart: (event: DragEvent<HTMLElement>) =>
                        onDrag(type, event.dataTransfer),
                    })}
                  >
                    <CardTile type={type} />
                    <span>
                      <b>{type.label}</b>
                      {type.help && <small>{type.help}</small>}
                    </span>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}
