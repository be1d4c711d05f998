import { createContext, useContext } from 'react';
import type { Finding, Flow } from './api';
import type { CardType } from './model/palette';
import type { EditingHands } from './useEditing';

/** What every part of an open flow works with. */
export type Editor = EditingHands & {
  flow: Flow;
  list: CardType[];
  types: ReadonlyMap<string, CardType>;
  findings: Finding[];
  mayEdit: boolean;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor needs an open flow above it');
  return editor;
}

/** Where focus goes to: cards and their ways out have a place each. */
export const cardPlace = (id: string) => `card-${id}`;
export const wayPlace = (id: string, outlet: string) => `way-${id}-${outlet}`;
