import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from './editor';
import { NoteDialog, type NoteAsked } from './NoteDialog';
import classes from './flows.module.css';

/** The notes of the canvas, for whoever works with the list. */
export function NoteList() {
  const { t } = useTranslation('flows');
  const { document, mayEdit } = useEditor();
  const [asked, setAsked] = useState<NoteAsked>();
  const { notes = [] } = document;
  if (notes.length === 0) return null;
  return (
    <>
      <header className={classes.group}>
        <h2>{t('canvas.notes')}</h2>
        <p>{t('canvas.note_hint')}</p>
      </header>
      <ul className={classes.notes} aria-label={t('canvas.notes')}>
        {notes.map((note) => (
          <li key={note.id}>
            <UnstyledButton disabled={!mayEdit} onClick={() => setAsked(note)}>
              {note.text}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <NoteDialog asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
