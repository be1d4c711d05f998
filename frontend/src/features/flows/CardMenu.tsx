import { Button, Menu } from '@mantine/core';
import IconMore from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { Dialog } from '@/ui/Dialog';
import { IconButton } from '@/ui/IconButton';
import { useEditor } from './editor';
import { fragmentOf, paste, writeFragment } from './model/clipboard';
import { parkCard, removeCards, setStart, unparkCard } from './model/commands';
import type { Card } from './model/document';
import { roomBelow } from './model/geometry';
import { typesFor } from './model/retype';
import { RetypeDialog } from './RetypeDialog';
import { useCopied } from './useCopied';

type Props = { card: Card; name: string; isStart: boolean };

/** What can be done to a card besides writing it. */
export function CardMenu({ card, name, isStart }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, flow, list, types, act } = useEditor();
  const copied = useCopied();
  const [asking, setAsking] = useState(false);
  const [retyping, setRetyping] = useState(false);
  const open = (cardId: string) =>
    void navigate({ to: paths.flowCard, params: { flowId: String(flow.id), cardId }, search: {} });
  const duplicate = () => {
    const place = roomBelow(document, types);
    const { document: next, ids } = paste(document, fragmentOf(document, [card.id]), types, place);
    act(next);
    for (const copy of ids) open(copy);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton size={32} label={t('acts_of', { name })}>
            <IconMore size={18} stroke={1.75} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => open(card.id)}>{t('edit')}</Menu.Item>
          {typesFor(card, list).length > 0 && (
            <Menu.Item onClick={() => setRetyping(true)}>{t('retype.act')}</Menu.Item>
          )}
          <Menu.Item onClick={duplicate}>{t('duplicate')}</Menu.Item>
          <Menu.Item onClick={() => copied.put(writeFragment(fragmentOf(document, [card.id])), 1)}>
            {t('canvas.copy')}
          </Menu.Item>
          {!isStart && (
            <Menu.Item onClick={() => act(setStart(document, card.id))}>
              {t('make_start')}
            </Menu.Item>
          )}
          {card.parked && (
            <Menu.Item onClick={() => act(unparkCard(document, card.id))}>{t('unpark')}</Menu.Item>
          )}
          {!card.parked && !isStart && (
            <Menu.Item onClick={() => act(parkCard(document, card.id))}>{t('park')}</Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setAsking(true)}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RetypeDialog cardId={retyping ? card.id : undefined} onClose={() => setRetyping(false)} />
      <RemoveCard card={card} name={name} open={asking} onClose={() => setAsking(false)} />
    </>
  );
}

type RemoveProps = { card: Card; name: string; open: boolean; onClose: () => void };

function RemoveCard({ card, name, open, onClose }: RemoveProps) {
  const { t } = useTranslation(['flows', 'common']);
  const navigate = useNavigate();
  const { document, flow, act } = useEditor();
  const lines = document.connectors.filter(({ from, to }) => from === card.id || to === card.id);
  return (
    <Dialog open={open} width={440} title={t('remove_card', { name })} onClose={onClose}>
      <p>
        {t('remove_card_text')} {lines.length > 0 && t('lines', { count: lines.length })}
      </p>
      <div className={form.acts}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          color="red"
          onClick={() => {
            onClose();
            act(removeCards(document, [card.id]));
            void navigate({
              to: paths.flow,
              params: { flowId: String(flow.id) },
              ignoreBlocker: true,
            });
          }}
        >
          {t('remove')}
        </Button>
      </div>
    </Dialog>
  );
}
