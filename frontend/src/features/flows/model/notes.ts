/** Notes on the canvas: of people for people; no card knows of them. */
import type { FlowDocument, Note } from './document';
import { sizeOfNote, type Place, type Places } from './geometry';

export const NOTE_MAX = 2000;

const sized = (text: string) => {
  const { width, height } = sizeOfNote(text);
  return { text, size: { w: width, h: height } };
};

const withNotes = (document: FlowDocument, change: (notes: Note[]) => Note[]): FlowDocument => ({
  ...document,
  notes: change(document.notes ?? []),
});

export const addNote = (document: FlowDocument, id: string, text: string, position: Place) =>
  withNotes(document, (notes) => [...notes, { id, position, ...sized(text) }]);

export const writeNote = (document: FlowDocument, id: string, text: string) =>
  withNotes(document, (notes) =>
    notes.map((note) => (note.id === id ? { ...note, ...sized(text) } : note)),
  );

export const removeNotes = (document: FlowDocument, ids: readonly string[]) =>
  ids.length === 0
    ? document
    : withNotes(document, (notes) => notes.filter(({ id }) => !ids.includes(id)));

export const moveNotes = (document: FlowDocument, places: Places) =>
  withNotes(document, (notes) =>
    notes.map((note) => {
      const position = places.get(note.id);
      return position ? { ...note, position } : note;
    }),
  );
