import { Button, SegmentedControl } from '@mantine/core';
import IconRedo from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import IconUndo from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconPaste from '@tabler/icons-react/dist/esm/icons/IconClipboard.mjs';
import IconNote from '@tabler/icons-react/dist/esm/icons/IconNote.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { IconButton } from '@/ui/IconButton';
import { CardSearch } from './CardSearch';
import { useEditor, useSpot } from './editor';
import { addCard } from './model/commands';
import { newId } from './model/document';
import { sizeOfNew, sizeOfNote } from './model/geometry';
import { NoteDialog, type NoteAsked } from './NoteDialog';
import { PaletteDialog } from './PaletteDialog';
import { usePasting } from './useClipboardKeys';
import type { FlowView } from './useFlowView';
import classes from './flows.module.css';

type Props = {
  view: FlowView;
  onView: (view: FlowView) => void;
  /** In the place of the tools of whoever may not use them. */
  pencil: ReactNode;
};

/** What is done to the flow, a card to look for, and how the flow is shown. Who does it, where that is somebody else. */
export function FlowTools({ view, onView, pencil }: Props) {
  const { t } = useTranslation('flows');
  const { mayEdit } = useEditor();
  return (
    <div className={classes.tools}>
      {mayEdit ? <Hands /> : pencil}
      <CardSearch />
      <SegmentedControl
        aria-label={t('canvas.view')}
        value={view}
        data={[
          { value: 'board', label: t('canvas.board') },
          { value: 'list', label: t('canvas.list') },
        ]}
        onChange={onView}
      />
    </div>
  );
}

/** A new card, a note, what was copied, and steps back and forth. */
function Hands() {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, flow, types, act, undo, redo, canUndo, canRedo } = useEditor();
  const spot = useSpot();
  const { pasteFromButton } = usePasting();
  const [choosing, setChoosing] = useState(false);
  const [note, setNote] = useState<NoteAsked>();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} />}
        onClick={() => setChoosing(true)}
      >
        {t('add_card')}
      </Button>
      <Tool label={t('undo')} hint="Ctrl+Z" disabled={!canUndo} onClick={undo}>
        <IconUndo size={18} stroke={1.75} />
      </Tool>
      <Tool label={t('redo')} hint="Ctrl+Y" disabled={!canRedo} onClick={redo}>
        <IconRedo size={18} stroke={1.75} />
      </Tool>
      <Tool label={t('canvas.paste')} hint="Ctrl+V" onClick={() => void pasteFromButton()}>
        <IconPaste size={18} stroke={1.75} />
      </Tool>
      <Tool label={t('canvas.new_note')} onClick={() => setNote({ at: spot(sizeOfNote('')) })}>
        <IconNote size={18} stroke={1.75} />
      </Tool>
      <NoteDialog asked={note} onClose={() => setNote(undefined)} />
      <PaletteDialog
        open={choosing}
        onClose={() => setChoosing(false)}
        onPick={(type) => {
          const cardId = newId(
            type.type,
            document.cards.map(({ id }) => id),
          );
          act(addCard(document, type, cardId, spot(sizeOfNew(type, types))));
          setChoosing(false);
          void navigate({ to: paths.flowCard, params: { flowId: String(flow.id), cardId } });
        }}
      />
    </>
  );
}

type ToolProps = {
  label: string;
  hint?: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

const Tool = (props: ToolProps) => <IconButton variant="default" size={32} {...props} />;
