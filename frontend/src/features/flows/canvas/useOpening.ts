import type { ReactFlowInstance } from '@xyflow/react';
import { useCallback, useRef, type RefObject } from 'react';
import { openingView, type Box } from '../model/geometry';

/** What is seen when the canvas opens; later it stays where hands put it. */
export function useOpening(
  frame: RefObject<HTMLElement | null>,
  boxes: readonly Box[],
  start: Box | undefined,
) {
  const first = useRef({ boxes, start });
  return useCallback(
    (canvas: Pick<ReactFlowInstance, 'setViewport'>) => {
      const pane = frame.current?.getBoundingClientRect();
      if (pane && first.current.boxes.length > 0)
        void canvas.setViewport(openingView(first.current.boxes, first.current.start, pane));
    },
    [frame],
  );
}
