import { Select, UnstyledButton } from '@mantine/core';
import IconTo from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useEditor, wayPlace } from './editor';
import { addCardAfter, connect, disconnect } from './model/commands';
import { newId, targetOf, type Card } from './model/document';
import type { Outlet } from './model/palette';
import { nameIn, nameOfCard } from './model/summary';
import { targetsFor } from './model/walk';
import { sayOutlet } from './words';
import classes from './flows.module.css';

const NOWHERE = '-';
const NEW = 'new:';

type Props = { card: Card; cardName: string; outlet: Outlet };

/** One way out: where it leads, and, when asked, all the places it may lead to. */
export function WayLine({ card, cardName, outlet }: Props) {
  const { t } = useTranslation('flows');
  const { document, types, mayEdit } = useEditor();
  const [choosing, setChoosing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasChoosing = useRef(false);
  useEffect(() => {
    if (wasChoosing.current && !choosing) button.current?.focus();
    wasChoosing.current = choosing;
  }, [choosing]);

  const to = targetOf(document, card.id, outlet.name);
  const target = to === undefined ? undefined : nameIn(document, types, to);
  const label = sayOutlet(outlet);
  const said = target ?? t(outlet.required ? 'nowhere' : 'nowhere_by_default');
  const isLoose = target === undefined && outlet.required;
  return (
    <li data-loose={isLoose || undefined}>
      <span className={classes.way}>{label}</span>
      <IconTo size={16} stroke={1.75} aria-hidden />
      {choosing ? (
        <Targets
          card={card}
          outlet={outlet}
          label={t('way_to', { card: cardName, way: label })}
          onDone={() => setChoosing(false)}
        />
      ) : (
        <UnstyledButton
          ref={button}
          id={wayPlace(card.id, outlet.name)}
          className={classes.to}
          disabled={!mayEdit}
          aria-label={t('way_now', { card: cardName, way: label, to: said })}
          onClick={() => setChoosing(true)}
        >
          {said}
        </UnstyledButton>
      )}
    </li>
  );
}

type TargetsProps = { card: Card; outlet: Outlet; label: string; onDone: () => void };

/** Cards that nothing leads to come first; a card that is not there yet can be made on the way. */
function Targets({ card, outlet, label, onDone }: TargetsProps) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, flow, types, list, act } = useEditor();
  const now = targetOf(document, card.id, outlet.name);
  const { waiting, others } = targetsFor(document);
  const named = (cards: Card[]) =>
    cards.map((one) => ({ value: one.id, label: nameOfCard(one, types.get(one.type)) }));
  const lead = (to: string) => {
    onDone();
    if (to === NOWHERE) return act(disconnect(document, card.id, outlet.name));
    const type = list.find((one) => `${NEW}${one.type}` === to);
    if (!type) return act(connect(document, card.id, outlet.name, to));
    const cardId = newId(
      type.type,
      document.cards.map(({ id }) => id),
    );
    act(addCardAfter(document, type, cardId, { from: card.id, outlet: outlet.name }));
    void navigate({ to: paths.flowCard, params: { flowId: String(flow.id), cardId }, search: {} });
  };
  return (
    <Select
      className={classes.targets}
      aria-label={label}
      autoFocus
      defaultDropdownOpened
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('nothing_to_choose')}
      value={now ?? null}
      data={[
        ...(now === undefined
          ? []
          : [{ group: t('leave_open'), items: [{ value: NOWHERE, label: t('nowhere') }] }]),
        { group: t('waiting_cards'), items: named(waiting) },
        { group: t('other_cards'), items: named(others) },
        {
          group: t('new_card'),
          items: list.map((one) => ({
            value: `${NEW}${one.type}`,
            label: t('new_of', { type: one.label }),
          })),
        },
      ]}
      onChange={(next) => next && lead(next)}
      onDropdownClose={onDone}
      onBlur={onDone}
    />
  );
}
