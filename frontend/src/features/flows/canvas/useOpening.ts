import type { ReactFlowInstance } from '@xyflow/react';
import type { RefObject } from 'react';
import { openingView, type Box } from '../model/geometry';

/** What is seen when the canvas opens; later it stays where hands put it. */
export function useOpening(
  frame: RefObject<HTMLElement | null>,
  boxes: readonly Box[],
  start: Box | undefined,
) {
  return (canvas: Pick<ReactFlowInstance, 'setViewport'>) => {
    const pane = frame.current?.getBoundingClientRect();
    if (pane && boxes.length > 0) void canvas.setViewport(openingView(boxes, start, pane));
  };
}
