import { aFlow } from './a-flow';
import { addNote, moveNotes, removeNotes, writeNote } from './notes';

const AT = { x: 16, y: 32 };

it('a note is written, moved and taken away, and no card is touched', () => {
  const one = addNote(aFlow(), 'n', 'Falar com o jurídico', AT);
  expect(one.notes).toEqual([
    { id: 'n', text: 'Falar com o jurídico', position: AT, size: { w: 240, h: 64 } },
  ]);
  const longer = writeNote(one, 'n', 'a\nb\nc\nd\ne');
  expect(longer.notes?.[0]?.size?.h).toBeGreaterThan(64);
  const moved = moveNotes(longer, new Map([['n', { x: 0, y: 0 }]]));
  expect(moved.notes?.[0]?.position).toEqual({ x: 0, y: 0 });
  expect(removeNotes(moved, ['n']).notes).toEqual([]);
  expect(moved.cards).toEqual(aFlow().cards);
});
