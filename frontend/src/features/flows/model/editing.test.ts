import { Refusal } from '@/api/refusal';
import type { Draft } from '../api';
import { aFlow } from './a-flow';
import { setStart } from './commands';
import { editingReducer, isUnsaved, open, type Editing, type EditingEvent } from './editing';

const draft = (revision: number, name = 'Atendimento inicial'): Draft => ({
  revision,
  saved_at: '2026-11-27T12:00:00Z',
  saved_by: 7,
  content_hash: '',
  document: { ...aFlow({ name }) },
});
const after = (editing: Editing, ...events: EditingEvent[]) =>
  events.reduce(editingReducer, editing);
const changed = setStart(aFlow(), 'menu');
const did: EditingEvent = { kind: 'did', document: changed };

it('what is done is unsaved until it is kept, and can be undone and redone', () => {
  const editing = after(open(draft(3)), did);
  expect(isUnsaved(editing)).toBe(true);
  const kept = after(
    editing,
    { kind: 'sent' },
    { kind: 'kept', document: changed, revision: 4, at: '', by: 7 },
  );
  expect(isUnsaved(kept)).toBe(false);
  const undone = after(kept, { kind: 'undid' });
  expect(undone.history.now.start).toBe('oi');
  expect(isUnsaved(undone)).toBe(true);
  expect(isUnsaved(after(undone, { kind: 'redid' }))).toBe(false);
});

it('what is done while saving is still to be saved', () => {
  const later = setStart(aFlow(), 'suporte');
  const editing = after(
    open(draft(3)),
    did,
    { kind: 'sent' },
    { kind: 'did', document: later },
    { kind: 'kept', document: changed, revision: 4, at: '', by: 7 },
  );
  expect(isUnsaved(editing)).toBe(true);
});

it('a newer draft is taken where nothing would be lost, and asked about where something would', () => {
  const newer = { kind: 'heard', draft: draft(4, 'Outro') } as const;
  expect(after(open(draft(3)), newer).history.now.name).toBe('Outro');
  const both = after(open(draft(3)), did, newer);
  expect(both.history.now).toBe(changed);
  expect(both.theirs?.revision).toBe(4);
  expect(after(both, { kind: 'gave_way' }).history.now.name).toBe('Outro');
});

it('what cannot be saved any more gives way to what was saved before', () => {
  const failed = new Refusal({ slug: 'flow_is_held', status: 409 });
  const held = after(open(draft(3)), did, { kind: 'sent' }, { kind: 'refused', refusal: failed });
  const given = after(held, { kind: 'gave_way' });
  expect(isUnsaved(given)).toBe(false);
  expect(given.problem).toBeUndefined();
  expect(given.history.past).toEqual([]);
});

it('our own saving, heard of by the stream, is no news', () => {
  const editing = after(open(draft(3)), did, { kind: 'sent' });
  expect(after(editing, { kind: 'heard', draft: draft(4) })).toBe(editing);
});

it('a refusal keeps what was done; with the other draft it says whose it is', () => {
  const failed = new Refusal({ slug: 'unavailable', status: 503 });
  const moved = new Refusal({ slug: 'flow_moved_on', status: 409, problem: { draft: draft(9) } });
  const editing = after(open(draft(3)), did, { kind: 'sent' });
  expect(after(editing, { kind: 'refused', refusal: failed }).problem).toBe(failed);
  expect(after(editing, { kind: 'refused', refusal: moved }).theirs?.revision).toBe(9);
  expect(after(editing, { kind: 'refused', refusal: moved }).history.now).toBe(changed);
});
