import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteData } from './drawing';
import classes from './canvas.module.css';

type Props = NodeProps<Node<NoteData, 'note'>>;

/** A note of people for people. */
export const BoardNote = memo(function BoardNote({ id, data, selected }: Props) {
  const { t } = useTranslation('flows');
  const { note, isStop } = data;
  const said = [t('canvas.note'), note.text, selected && t('canvas.is_selected')];
  return (
    <div
      role="group"
      tabIndex={isStop ? 0 : -1}
      className={classes.noteFace}
      aria-label={said.filter(Boolean).join(', ')}
      data-thing={id}
    >
      {note.text}
    </div>
  );
});
