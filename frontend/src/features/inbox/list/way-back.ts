/**
 * Where the focus goes when a conversation is left: to its row, or to its neighbour when the row is
 * about to go. On a phone the list is drawn anew then, so what is wanted waits for the drawing.
 */
let order: readonly number[] = [];
let wanted: number | undefined;

/** What the list shows now, from top to bottom. */
export const noteOrder = (ids: readonly number[]) => {
  order = ids;
};

export const wantRow = (id: number | undefined) => {
  wanted = id;
};

/** The one below, or above if there is none below. */
export function neighbourOf(id: number) {
  const at = order.indexOf(id);
  return at < 0 ? order[0] : (order[at + 1] ?? order[at - 1]);
}

export const wantedRow = () => wanted;
