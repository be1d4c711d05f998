import { useEditor } from '../editor';
import { LineDialog } from '../LineDialog';
import { connect } from '../model/commands';
import { nameIn } from '../model/summary';
import type { Swap } from './useBoardActs';

type Props = { swap: Swap | undefined; onClose: () => void };

/** A line was pulled from a way out that leads elsewhere already. */
export function SwapDialog({ swap, onClose }: Props) {
  const { document, types, act } = useEditor();
  if (!swap) return null;
  const named = (id: string) => nameIn(document, types, id) ?? id;
  return (
    <LineDialog
      now={named(swap.now)}
      to={named(swap.to)}
      onClose={onClose}
      onYes={() => {
        onClose();
        act(connect(document, swap.way.from, swap.way.outlet, swap.to));
      }}
    />
  );
}
