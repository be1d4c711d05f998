import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useEditor } from './editor';
import { LineDialog } from './LineDialog';
import { addCardAfter, connect, disconnect } from './model/commands';
import { newId, targetOf, type Card } from './model/document';
import { roomAfter, sizeOfNew } from './model/geometry';
import { nameIn, nameOfCard } from './model/summary';
import { targetsFor } from './model/walk';
import classes from './flows.module.css';

const NOWHERE = '-';
const NEW = 'new:';

type Props = { from: string; outlet: string; label: string; onDone: () => void };

/**
 * Cards that nothing leads to come first; a card that is not there yet can be made on the way. A line that is there
 * already goes only once somebody said so. The choice is over when the focus leaves it: in a dialog, whose trap gives
 * the focus away once more, it has to ask for it.
 */
export function Targets({ from, outlet, label, onDone }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, flow, types, list, act } = useEditor();
  const now = targetOf(document, from, outlet);
  const { waiting, others } = targetsFor(document);
  const choices = (cards: Card[]) =>
    cards.map((one) => ({ value: one.id, label: nameOfCard(one, types.get(one.type)) }));
  const [asked, setAsked] = useState<string>();
  const isAsking = useRef(false);
  const done = () => {
    if (!isAsking.current) onDone();
  };
  const choose = (to: string) => {
    if (now === undefined) lead(to);
    else if (now !== to) {
      isAsking.current = true; // before the choice closes, and is done with
      setAsked(to);
    }
  };
  const lead = (to: string) => {
    onDone();
    if (to === NOWHERE) return act(disconnect(document, from, outlet));
    const type = list.find((one) => `${NEW}${one.type}` === to);
    if (!type) return act(connect(document, from, outlet, to));
    const cardId = newId(
      type.type,
      document.cards.map(({ id }) => id),
    );
    const place = roomAfter(document, types, sizeOfNew(type, types), { from, outlet });
    act(addCardAfter(document, type, cardId, place, { from, outlet }));
    void navigate({ to: paths.flowCard, params: { flowId: String(flow.id), cardId }, search: {} });
  };
  if (asked !== undefined && now !== undefined) {
    const named = list.find((one) => `${NEW}${one.type}` === asked)?.label;
    return (
      <LineDialog
        now={nameIn(document, types, now) ?? now}
        to={asked === NOWHERE ? undefined : (named ?? nameIn(document, types, asked) ?? asked)}
        onClose={onDone}
        onYes={() => lead(asked)}
      />
    );
  }
  return (
    <Select
      className={classes.targets}
      aria-label={label}
      autoFocus
      data-autofocus
      defaultDropdownOpened
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('nothing_to_choose')}
      value={now ?? null}
      data={[
        ...(now === undefined
          ? []
          : [{ group: t('leave_open'), items: [{ value: NOWHERE, label: t('nowhere') }] }]),
        { group: t('waiting_cards'), items: choices(waiting) },
        { group: t('other_cards'), items: choices(others) },
        {
          group: t('new_card'),
          items: list.map((one) => ({
            value: `${NEW}${one.type}`,
            label: t('new_of', { type: one.label }),
          })),
        },
      ]}
      onChange={(next) => next && choose(next)}
      onDropdownClose={done}
      onBlur={done}
    />
  );
}
