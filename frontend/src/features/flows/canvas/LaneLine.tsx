import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import { cornersOf, pathOf } from '../model/lanes';

/** A line around the cards in its way; its words stand where it goes along. */
function LaneLine(line: EdgeProps<Edge<{ lane: number }>>) {
  const { id, data, label, markerEnd, interactionWidth } = line;
  const from = { x: line.sourceX, y: line.sourceY };
  const to = { x: line.targetX, y: line.targetY };
  const lane = data?.lane ?? to.y;
  return (
    <BaseEdge
      id={id}
      path={pathOf(cornersOf(from, to, lane))}
      label={label}
      labelX={(from.x + to.x) / 2}
      labelY={lane}
      {...(markerEnd === undefined ? {} : { markerEnd })}
      {...(interactionWidth === undefined ? {} : { interactionWidth })}
    />
  );
}

export const EDGE_TYPES = { lane: LaneLine };
