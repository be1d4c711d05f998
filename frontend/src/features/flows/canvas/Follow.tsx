import { useReducedMotion } from '@mantine/hooks';
import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

const MOVE_MS = 180;

/** Brings a card into sight; one that is in sight already moves nothing. */
export function useShowCards() {
  const { getNodesBounds, setCenter } = useReactFlow();
  const store = useStoreApi();
  const still = useReducedMotion();
  return (cards: readonly string[]) => {
    if (cards.length === 0) return;
    const { x, y, width, height } = getNodesBounds([...cards]);
    const { transform, width: wide, height: high } = store.getState();
    if (wide === 0) return; // on a phone a sheet lies over it: nothing has a middle there
    const [left, top, zoom] = transform;
    const isSeen =
      x * zoom + left >= 0 &&
      y * zoom + top >= 0 &&
      (x + width) * zoom + left <= wide &&
      (y + height) * zoom + top <= high;
    if (!isSeen)
      void setCenter(x + width / 2, y + height / 2, { zoom, duration: still ? 0 : MOVE_MS });
  };
}

/** Keeps in sight what is shown now, wherever that moves to. */
export function Follow({ cards }: { cards: readonly string[] }) {
  const show = useShowCards();
  const now = cards.join(' ');
  const width = useStore((store) => store.width); // a sheet beside it takes some
  useEffect(() => {
    show(now ? now.split(' ') : []);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when what is shown is another
  }, [now, width]);
  return null;
}
