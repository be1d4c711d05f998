import { lazy, Suspense, type ReactNode } from 'react';
import type { FlowDocument } from '../model/document';
import type { CardType } from '../model/palette';
import { Coming } from './Coming';

/** What is shown of a flow besides its cards; a way is named by its card and its outlet, "menu opt:boleto". */
export type Marks = {
  /** Where the conversation is now. */
  lit?: ReadonlySet<string>;
  /** Which cards were met, and in what order. */
  walked?: ReadonlyMap<string, number>;
  /** Under a card. */
  badges?: ReadonlyMap<string, ReactNode>;
  /** On a line; a line that has words was gone. */
  ways?: ReadonlyMap<string, string>;
};

export type FlowMapProps = {
  document: FlowDocument;
  types: ReadonlyMap<string, CardType>;
  marks?: Marks;
  /** A card was clicked, or chosen by Enter. */
  onPick?: (cardId: string) => void;
  picked?: string | undefined;
};

const MapView = lazy(() => import('./MapView').then((room) => ({ default: room.MapView })));

/**
 * A flow drawn as cards and lines, to be looked at: pan, zoom, and a card to pick. It fills what it stands in,
 * which must have a height. What draws it is large and comes when it is first needed.
 */
export function FlowMap(props: FlowMapProps) {
  return (
    <Suspense fallback={<Coming />}>
      <MapView {...props} />
    </Suspense>
  );
}
