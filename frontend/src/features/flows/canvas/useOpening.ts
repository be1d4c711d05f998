import type { ReactFlowInstance } from '@xyflow/react';
import { useCallback, useRef } from 'react';
import { openingView, type Box } from '../model/geometry';

/** What is seen when the canvas opens; later it stays where hands put it. */
export function useOpening(boxes: readonly Box[], start: Box | undefined) {
  const latest = useRef({ boxes, start });
  return useCallback((canvas: Pick<ReactFlowInstance, 'setViewport'>) => {
    const { boxes: all, start: first } = latest.current;
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (pane && all.length > 0) void canvas.setViewport(openingView(all, first, pane));
  }, []);
}
