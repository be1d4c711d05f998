import { Button } from '@mantine/core';
import IconRedo from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import IconUndo from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { IconButton } from '@/ui/IconButton';
import { useEditor } from './editor';
import { addCard } from './model/commands';
import { newId } from './model/document';
import { PaletteDialog } from './PaletteDialog';
import classes from './flows.module.css';

/** A new card, and steps back and forth. */
export function FlowTools() {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, flow, act, undo, redo, canUndo, canRedo, mayEdit } = useEditor();
  const [choosing, setChoosing] = useState(false);
  if (!mayEdit) return <p className={classes.notice}>{t('read_only')}</p>;
  return (
    <div className={classes.tools}>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} />}
        onClick={() => setChoosing(true)}
      >
        {t('add_card')}
      </Button>
      <IconButton
        variant="default"
        size={32}
        label={t('undo')}
        hint="Ctrl+Z"
        disabled={!canUndo}
        onClick={undo}
      >
        <IconUndo size={18} stroke={1.75} />
      </IconButton>
      <IconButton
        variant="default"
        size={32}
        label={t('redo')}
        hint="Ctrl+Y"
        disabled={!canRedo}
        onClick={redo}
      >
        <IconRedo size={18} stroke={1.75} />
      </IconButton>
      <PaletteDialog
        open={choosing}
        onClose={() => setChoosing(false)}
        onPick={(type) => {
          const cardId = newId(
            type.type,
            document.cards.map(({ id }) => id),
          );
          act(addCard(document, type, cardId));
          setChoosing(false);
          void navigate({ to: paths.flowCard, params: { flowId: String(flow.id), cardId } });
        }}
      />
    </div>
  );
}
