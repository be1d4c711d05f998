import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useEditor } from './editor';
import { addCardAfter, connect, disconnect } from './model/commands';
import { newId, targetOf, type Card } from './model/document';
import { roomAfter, sizeOfNew } from './model/geometry';
import { nameOfCard } from './model/summary';
import { targetsFor } from './model/walk';
import classes from './flows.module.css';

const NOWHERE = '-';
const NEW = 'new:';

type Props = { from: string; outlet: string; label: string; onDone: () => void };

/** Cards that nothing leads to come first; a card that is not there yet can be made on the way. */
export function Targets({ from, outlet, label, onDone }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, flow, types, list, act } = useEditor();
  const now = targetOf(document, from, outlet);
  const { waiting, others } = targetsFor(document);
  const named = (cards: Card[]) =>
    cards.map((one) => ({ value: one.id, label: nameOfCard(one, types.get(one.type)) }));
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
