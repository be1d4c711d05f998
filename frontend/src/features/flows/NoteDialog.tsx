import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from './editor';
import type { Note } from './model/document';
import { addNote, NOTE_MAX, removeNotes, writeNote } from './model/notes';
import { newId } from './model/document';
import { roomAt, sizeOfNote, type Place } from './model/geometry';

/** A note that is there, or the place of one that is not there yet. */
export type NoteAsked = Note | { at: Place };

type Props = { asked: NoteAsked | undefined; onClose: () => void };

export function NoteDialog({ asked, onClose }: Props) {
  const { t } = useTranslation('flows');
  const isNew = asked !== undefined && 'at' in asked;
  return (
    <Dialog
      open={asked !== undefined}
      title={t(isNew ? 'canvas.new_note' : 'canvas.note')}
      onClose={onClose}
    >
      {asked && <WriteNote asked={asked} onClose={onClose} />}
    </Dialog>
  );
}

function WriteNote({ asked, onClose }: { asked: NoteAsked; onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const { document, types, act } = useEditor();
  const note = 'at' in asked ? undefined : asked;
  const [text, setText] = useState(note?.text ?? '');
  const keep = () => {
    onClose();
    const said = text.trim();
    if (note) return act(writeNote(document, note.id, said));
    if (!('at' in asked)) return;
    const taken = (document.notes ?? []).map(({ id }) => id);
    const place = roomAt(document, types, sizeOfNote(said), asked.at);
    act(addNote(document, newId('note', taken), said, place));
  };
  return (
    <>
      <Textarea
        label={t('canvas.note_text')}
        description={t('canvas.note_hint')}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={NOTE_MAX}
        data-autofocus
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <div className={form.acts}>
        {note && (
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              onClose();
              act(removeNotes(document, [note.id]));
            }}
          >
            {t('remove')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={text.trim() === ''} onClick={keep}>
          {t('common:save')}
        </Button>
      </div>
    </>
  );
}
