import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/EmptyState';
import { CardItem } from './CardItem';
import { focusCard, useEditor } from './editor';
import type { Card } from './model/document';
import { walk } from './model/walk';
import { NoteList } from './NoteList';
import { useClipboardKeys } from './useClipboardKeys';
import classes from './flows.module.css';

/** The flow as a list: the same cards and lines as on the canvas, for keyboards, readers and phones. */
export function CardList() {
  const { t } = useTranslation('flows');
  const { document, types } = useEditor();
  const { met, loose, parked } = useMemo(() => walk(document, types), [document, types]);
  useClipboardKeys(cardInFocus, ([first]) => {
    if (first) requestAnimationFrame(() => focusCard(first));
  });
  if (document.cards.length === 0)
    return <EmptyState title={t('no_cards')} text={t('no_cards_text')} />;
  return (
    <div className={`${classes.list} scrolls`}>
      <Cards cards={met} name={t('in_order')} numbered />
      <Cards cards={loose} name={t('loose')} hint={t('loose_hint')} />
      <Cards cards={parked} name={t('parked')} hint={t('parked_hint')} />
      <NoteList />
    </div>
  );
}

function cardInFocus() {
  const id = window.document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card;
  return id === undefined ? [] : [id];
}

type Props = { cards: Card[]; name: string; hint?: string; numbered?: boolean };

function Cards({ cards, name, hint, numbered = false }: Props) {
  if (cards.length === 0) return null;
  return (
    <>
      {hint && (
        <header className={classes.group}>
          <h2>{name}</h2>
          <p>{hint}</p>
        </header>
      )}
      <ol aria-label={name}>
        {cards.map((card, at) => (
          <CardItem key={card.id} card={card} {...(numbered ? { place: at + 1 } : {})} />
        ))}
      </ol>
    </>
  );
}
