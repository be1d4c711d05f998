/** What an open editor knows: the document and its past, what the server has of it, and what came between. */
import type { Refusal } from '@/api/refusal';
import type { Draft } from '../api';
import { readDocument, type FlowDocument } from './document';
import { begin, record, redo, undo, type History } from './history';

export type Editing = {
  history: History<FlowDocument>;
  saved: { revision: number; at: string; by: number | null; document: FlowDocument };
  saving: boolean;
  /** Somebody else saved meanwhile: ours cannot be, until one of both is let go. */
  theirs: Draft | undefined;
  /** Why the last saving failed; the next change tries again. */
  problem: Refusal | undefined;
};

export type EditingEvent =
  | { kind: 'did'; document: FlowDocument }
  | { kind: 'undid' | 'redid' | 'sent' | 'retried' | 'gave_way' }
  | { kind: 'kept'; document: FlowDocument; revision: number; at: string; by: number | null }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'heard'; draft: Draft };

export function open(draft: Draft): Editing {
  const document = readDocument(draft.document);
  return {
    history: begin(document),
    saved: { revision: draft.revision, at: draft.saved_at, by: draft.saved_by, document },
    saving: false,
    theirs: undefined,
    problem: undefined,
  };
}

export const isUnsaved = ({ history, saved }: Editing) => history.now !== saved.document;

/** What was done and not saved is let go, for what somebody else saved or for what was saved before. */
const giveWay = (editing: Editing): Editing =>
  editing.theirs
    ? open(editing.theirs)
    : { ...editing, history: begin(editing.saved.document), problem: undefined };

/** A draft that is newer than ours: taken as it is where nothing of ours would be lost. */
function hear(editing: Editing, draft: Draft): Editing {
  if (editing.saving || draft.revision <= editing.saved.revision) return editing;
  return isUnsaved(editing) ? { ...editing, theirs: draft } : open(draft);
}

export function editingReducer(editing: Editing, event: EditingEvent): Editing {
  const { history } = editing;
  switch (event.kind) {
    case 'did':
      return { ...editing, history: record(history, event.document), problem: undefined };
    case 'undid':
      return { ...editing, history: undo(history), problem: undefined };
    case 'redid':
      return { ...editing, history: redo(history), problem: undefined };
    case 'sent':
      return { ...editing, saving: true, problem: undefined };
    case 'retried':
      return { ...editing, problem: undefined };
    case 'kept': {
      const { document, revision, at, by } = event;
      return { ...editing, saving: false, saved: { document, revision, at, by } };
    }
    case 'refused': {
      const theirs = event.refusal.problem.draft;
      return theirs
        ? { ...editing, saving: false, theirs }
        : { ...editing, saving: false, problem: event.refusal };
    }
    case 'heard':
      return hear(editing, event.draft);
    case 'gave_way':
      return giveWay(editing);
  }
}
