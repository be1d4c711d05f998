import { ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import { EditorContext, useEditor } from '../editor';
import { settled } from '../model/layout';
import { Canvas } from './Canvas';
import '@xyflow/react/dist/base.css';

/** The flow as cards and lines. Cards that have no place yet stand in order, and are placed so by the first touch. */
export function Board() {
  const editor = useEditor();
  const { document, types } = editor;
  const placed = useMemo(() => settled(document, types), [document, types]);
  const here = useMemo(() => ({ ...editor, document: placed }), [editor, placed]);
  return (
    <EditorContext value={here}>
      <ReactFlowProvider>
        <Canvas />
      </ReactFlowProvider>
    </EditorContext>
  );
}
