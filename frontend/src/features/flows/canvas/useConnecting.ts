import { useReactFlow, type Connection, type Edge, type FinalConnectionState } from '@xyflow/react';
import { useCallback } from 'react';
import type { Way } from '../model/commands';
import { wayOfEdge } from './frame';
import type { BoardActs } from './useBoardActs';
import { useSteady } from './useSteady';

const pointOf = (event: MouseEvent | TouchEvent) => {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
};

const cardAt = ({ x, y }: { x: number; y: number }) =>
  document
    .elementFromPoint(x, y)
    ?.closest<HTMLElement>('.react-flow__node-card')
    ?.getAttribute('data-id');

const isPane = ({ x, y }: { x: number; y: number }) =>
  document.elementFromPoint(x, y)?.classList.contains('react-flow__pane') ?? false;

type Options = {
  acts: Pick<BoardActs, 'join' | 'rejoin'>;
  /** A line was let go where there is nothing: a card is wanted there. */
  onNowhere: (wanted: { at: { x: number; y: number }; way: Way }) => void;
};

const wayOf = ({ source, sourceHandle }: Connection): Way => ({
  from: source,
  outlet: sourceHandle ?? '',
});

/** Lines are pulled from a dot to a card: to anywhere on it, not only to where they will come in. */
export function useConnecting({ acts, onNowhere }: Options) {
  const { screenToFlowPosition } = useReactFlow();
  const onReconnect = useSteady((old: Edge, line: Connection) =>
    acts.rejoin(wayOfEdge(old), line.target),
  );
  return {
    onConnect: (line: Connection) => acts.join(wayOf(line), line.target),
    onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromHandle, isValid } = state;
      if (isValid || fromHandle?.type !== 'source') return;
      const way = { from: fromHandle.nodeId, outlet: fromHandle.id ?? '' };
      const point = pointOf(event);
      const card = cardAt(point);
      if (card) {
        if (card !== way.from) acts.join(way, card);
      } else if (isPane(point)) onNowhere({ at: screenToFlowPosition(point), way });
    },
    onReconnect,
    isValidConnection: useCallback(
      (line: Connection | Edge) => line.sourceHandle !== null && line.source !== '',
      [],
    ),
  };
}
