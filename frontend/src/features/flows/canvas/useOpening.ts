import type { ReactFlowInstance } from '@xyflow/react';
import type { RefObject } from 'react';
import { openingView, type Box } from '../model/geometry';

/**
 * What is seen when the canvas opens; later it stays where hands put it. One that opens under a sheet, as on a phone
 * whoever comes by a card's address has it, opens when the sheet is gone.
 */
export function useOpening(
  frame: RefObject<HTMLElement | null>,
  boxes: readonly Box[],
  start: Box | undefined,
) {
  return (canvas: Pick<ReactFlowInstance, 'setViewport'>) => {
    const place = frame.current;
    if (!place || boxes.length === 0) return;
    const opens = () => {
      const pane = place.getBoundingClientRect();
      if (pane.width > 0) void canvas.setViewport(openingView(boxes, start, pane));
      return pane.width > 0;
    };
    if (opens()) return;
    const watch = new ResizeObserver(() => {
      if (opens()) watch.disconnect();
    });
    watch.observe(place);
  };
}
