import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import IconDuplicate from '@tabler/icons-react/dist/esm/icons/IconCopyPlus.mjs';
import IconCut from '@tabler/icons-react/dist/esm/icons/IconScissors.mjs';
import IconRetype from '@tabler/icons-react/dist/esm/icons/IconSwitchHorizontal.mjs';
import IconRemove from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { Panel } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import type { BoardActs } from './useBoardActs';
import { sizeOfSelection, type Selection } from './useSelection';
import classes from './canvas.module.css';

type Props = {
  selection: Selection;
  acts: BoardActs;
  /** Only where one card is selected, and there is something else that it may become. */
  onRetype: (() => void) | undefined;
  onRemove: () => void;
};

/** What can be done to what is selected; there is nothing to see while nothing is. */
export function SelectionBar({ selection, acts, onRetype, onRemove }: Props) {
  const { t } = useTranslation('flows');
  const count = sizeOfSelection(selection);
  const hasCards = selection.cards.length > 0;
  const icon = { size: 18, stroke: 1.75 };
  const look = { variant: 'subtle', size: 32 } as const;
  return (
    <>
      <span className={classes.heard} role="status">
        {count > 0 && t('canvas.selected', { count })}
      </span>
      {count > 0 && (
        <Panel position="top-center" className={`${classes.bar} ${classes.chosen}`}>
          <span className="num">{t('canvas.selected', { count })}</span>
          {hasCards && (
            <>
              <IconButton
                {...look}
                label={t('canvas.copy')}
                hint="Ctrl+C"
                onClick={() => acts.copy(selection)}
              >
                <IconCopy {...icon} />
              </IconButton>
              <IconButton
                {...look}
                label={t('canvas.cut')}
                hint="Ctrl+X"
                onClick={() => {
                  acts.copy(selection);
                  acts.remove({ ...selection, notes: [], ways: [] });
                }}
              >
                <IconCut {...icon} />
              </IconButton>
              <IconButton
                {...look}
                label={t('duplicate')}
                hint="Ctrl+D"
                onClick={() => acts.duplicate(selection)}
              >
                <IconDuplicate {...icon} />
              </IconButton>
            </>
          )}
          {onRetype && (
            <IconButton {...look} label={t('retype.act')} onClick={onRetype}>
              <IconRetype {...icon} />
            </IconButton>
          )}
          <IconButton {...look} color="red" label={t('remove')} hint="Del" onClick={onRemove}>
            <IconRemove {...icon} />
          </IconButton>
        </Panel>
      )}
    </>
  );
}
