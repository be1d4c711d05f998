import { useEffect, useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** A part of the text right before the caret that a list is about: "/bol", "@cam". */
export type Place = { from: number; to: number; words: string };

type Props<Row extends { id: number }> = {
  field: RefObject<HTMLTextAreaElement | null>;
  find: (text: string, caret: number) => Place | undefined;
  rows: (place: Place | undefined) => readonly Row[];
  /** Rows are on their way: Enter waits for them instead of sending half a word. */
  isPending?: boolean;
  onPick: (row: Row, place: Place) => void;
  /** Each time the text may have changed. */
  onLook?: (text: string) => void;
  /** A key while the list is shut; true when it was meant for us. */
  onKey?: (event: KeyboardEvent) => boolean;
};

/**
 * A list that follows what is typed into a text field. The field keeps the focus: its keys are
 * heard here before anybody else hears them, and screen readers are told which row is meant.
 */
export function useFieldList<Row extends { id: number }>(props: Props<Row>) {
  const { field } = props;
  const id = useId();
  const [place, setPlace] = useState<Place>();
  const [at, setAt] = useState(0);
  const refused = useRef<number>(undefined); // where the mark stands that Esc has refused
  const rows = place ? props.rows(place) : [];

  const look = () => {
    const here = field.current;
    if (!here) return;
    const next = props.find(here.value, here.selectionEnd);
    if (next?.from !== refused.current) refused.current = undefined;
    props.onLook?.(here.value);
    setPlace(next && next.from !== refused.current ? next : undefined);
    setAt(0);
  };
  const shut = () => {
    refused.current = place?.from;
    setPlace(undefined);
  };
  const pick = (row: Row) => {
    if (!place) return;
    shut();
    props.onPick(row, place);
  };

  const hears = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (!place) return props.onKey?.(event) ?? false;
    if (key === 'Escape') {
      shut();
      return true;
    }
    const row = rows[at];
    if (!row) return key === 'Enter' && props.isPending === true;
    if (key === 'ArrowDown') setAt((at + 1) % rows.length);
    else if (key === 'ArrowUp') setAt((at + rows.length - 1) % rows.length);
    else if (key === 'Enter' && !shiftKey) pick(row);
    else return false;
    return true;
  };

  const latest = useRef({ look, hears });
  useLayoutEffect(() => {
    latest.current = { look, hears };
  });
  useEffect(() => {
    const here = field.current;
    if (!here) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (!latest.current.hears(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    /* The caret moves by keys too; those that walk the list do not move it. */
    const onKeyUp = ({ key }: KeyboardEvent) => {
      if (/^(ArrowLeft|ArrowRight|Home|End)$/.test(key)) latest.current.look();
    };
    const onLook = () => latest.current.look();
    const onBlur = () => setPlace(undefined);
    const heard = [
      ['keydown', onKey],
      ['keyup', onKeyUp],
      ['input', onLook],
      ['click', onLook],
      ['blur', onBlur],
    ] as const;
    for (const [kind, listener] of heard) here.addEventListener(kind, listener as EventListener);
    onLook();
    return () => {
      for (const [kind, listener] of heard)
        here.removeEventListener(kind, listener as EventListener);
    };
  }, [field]);

  const open = place !== undefined;
  const row = rows[at];
  const active = row ? `${id}-${row.id}` : undefined;
  useEffect(() => {
    const here = field.current;
    if (!here || !open) return undefined;
    here.setAttribute('aria-autocomplete', 'list');
    here.setAttribute('aria-controls', id);
    if (active) here.setAttribute('aria-activedescendant', active);
    return () => {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'])
        here.removeAttribute(name);
    };
  }, [field, open, id, active]);
  useEffect(() => {
    if (active) document.getElementById(active)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  return { id, place, rows, at, pick, look: () => latest.current.look() };
}
