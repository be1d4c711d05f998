import { Background, MiniMap, ReactFlow, SelectionMode, type ReactFlowProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor';
import { GRID } from '../model/geometry';
import { BoardCard } from './BoardCard';
import { BoardNote } from './BoardNote';
import type { BoardNode } from './drawing';
import { EDGE_TYPES } from './LaneLine';
import { useDrawing, type Pointing } from './useDrawing';
import classes from './canvas.module.css';

const NODE_TYPES = { card: BoardCard, note: BoardNote };
const SNAP: [number, number] = [GRID, GRID];
const WITH_OTHERS = ['Shift', 'Control', 'Meta'];
const UNSIGNED = { hideAttribution: true };

type Hands = Pick<
  ReactFlowProps<BoardNode>,
  | 'onInit'
  | 'onNodeClick'
  | 'onNodeDoubleClick'
  | 'onNodeDragStop'
  | 'onSelectionDragStop'
  | 'onConnect'
  | 'onConnectEnd'
  | 'onReconnect'
  | 'isValidConnection'
  | 'onDrop'
  | 'onDragOver'
>;

type Props = Pointing & { isBoxing: boolean; hands: Hands; children: ReactNode };

/**
 * What moves under the hand, and nothing else: this is drawn anew with every move of a pointer, so whatever stands over
 * the cards is handed in as it is.
 */
export function Stage({ isBoxing, hands, children, ...pointing }: Props) {
  const { t } = useTranslation('flows');
  const { mayEdit } = useEditor();
  const { nodes, edges, onNodesChange, onEdgesChange } = useDrawing(pointing);
  return (
    <ReactFlow<BoardNode>
      aria-label={t('canvas.title')}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      {...hands}
      nodesFocusable={false}
      edgesFocusable={false}
      nodesDraggable={mayEdit}
      nodesConnectable={mayEdit}
      connectOnClick={false}
      connectionRadius={GRID * 2}
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={WITH_OTHERS}
      selectionMode={SelectionMode.Partial}
      selectionOnDrag={isBoxing}
      panOnDrag={!isBoxing}
      zoomOnDoubleClick={false}
      nodeDragThreshold={4}
      snapToGrid
      snapGrid={SNAP}
      minZoom={0.1}
      maxZoom={2}
      proOptions={UNSIGNED}
    >
      <Background gap={GRID * 2} size={2} />
      <MiniMap
        className={classes.mini}
        ariaLabel={t('canvas.minimap')}
        position="bottom-left"
        pannable
        zoomable
      />
      {children}
    </ReactFlow>
  );
}
