import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { suggestionsQuery, useReadyAnswer, type Answer, type Attachment } from './api';
import { AnswerOption } from './AnswerOption';
import { movedStops, offsetOf, slashAt, type Slash } from './slash';
import classes from './answers.module.css';

type Props = {
  ticketId: number;
  field: RefObject<HTMLTextAreaElement | null>;
  asked: number;
  onChange: (text: string) => void;
  onFiles: (files: readonly Attachment[]) => void;
};

/**
 * The answers that a slash in the composer may mean. The text keeps the focus: this hears its keys
 * before the composer does, and says to screen readers which row is meant. After one was inserted,
 * Tab walks through what the server had no value for.
 */
export function AnswerMenu({ ticketId, field, asked, onChange, onFiles }: Props) {
  const { t } = useTranslation('answers');
  const id = useId();
  const [slash, setSlash] = useState<Slash>();
  const [at, setAt] = useState(0);
  const refused = useRef<number>(undefined); // where the slash stands that Esc has refused
  const gaps = useRef<{ text: string; stops: number[] }>({ text: '', stops: [] });
  const ready = useReadyAnswer(ticketId);
  const found = useQuery({ ...suggestionsQuery(slash?.words ?? ''), enabled: slash !== undefined });
  const rows = slash ? (found.data?.data ?? []) : [];

  const look = () => {
    const here = field.current;
    if (!here) return;
    const next = slashAt(here.value, here.selectionEnd);
    if (next?.from !== refused.current) refused.current = undefined;
    gaps.current = {
      text: here.value,
      stops: movedStops(gaps.current.stops, gaps.current.text, here.value),
    };
    setSlash(next && next.from !== refused.current ? next : undefined);
    setAt(0);
  };

  const shut = () => {
    refused.current = slash?.from;
    setSlash(undefined);
  };

  const put = (text: string, caret: number) => {
    onChange(text);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };

  const pick = (answer: Answer) => {
    const place = slash;
    if (!place) return;
    shut();
    ready.mutate(answer.id, {
      onSuccess: ({ text: said, blanks, attachments }) => {
        const value = field.current?.value ?? '';
        const text = value.slice(0, place.from) + said + value.slice(place.to);
        const [first, ...stops] = blanks.map(
          ({ position }) => place.from + offsetOf(said, position),
        );
        gaps.current = { text, stops };
        onFiles(attachments);
        put(text, first ?? place.from + said.length);
      },
    });
  };

  /** True for a key that was meant for the list, or for the next gap. */
  const hears = ({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent) => {
    if (isComposing || ctrlKey || metaKey || altKey) return false;
    if (!slash) {
      const [next, ...stops] = key === 'Tab' && !shiftKey ? gaps.current.stops : [];
      if (next === undefined) return false;
      gaps.current.stops = stops;
      field.current?.setSelectionRange(next, next);
      return true;
    }
    if (key === 'Escape') {
      shut();
      return true;
    }
    const row = rows[at];
    if (!row) return key === 'Enter' && found.isPending;
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
    const onLook = () => latest.current.look();
    const onBlur = () => setSlash(undefined);
    /* The caret moves by keys too; those that walk the list do not move it. */
    const onKeyUp = ({ key }: KeyboardEvent) => {
      if (/^(ArrowLeft|ArrowRight|Home|End)$/.test(key)) latest.current.look();
    };
    here.addEventListener('keydown', onKey);
    here.addEventListener('keyup', onKeyUp);
    here.addEventListener('input', onLook);
    here.addEventListener('click', onLook);
    here.addEventListener('blur', onBlur);
    onLook();
    return () => {
      here.removeEventListener('keydown', onKey);
      here.removeEventListener('keyup', onKeyUp);
      here.removeEventListener('input', onLook);
      here.removeEventListener('click', onLook);
      here.removeEventListener('blur', onBlur);
    };
  }, [field]);

  /* The button writes the slash that a hand would have. */
  useEffect(() => {
    const here = field.current;
    if (asked === 0 || !here) return;
    const before = here.value.slice(0, here.selectionStart);
    const mark = before === '' || /\s$/.test(before) ? '/' : ' /';
    here.focus();
    here.setRangeText(mark, here.selectionStart, here.selectionEnd, 'end');
    const { value, selectionEnd } = here;
    onChange(value);
    requestAnimationFrame(() => {
      here.setSelectionRange(selectionEnd, selectionEnd);
      latest.current.look();
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a press happens once
  }, [asked]);

  const open = slash !== undefined;
  const active = open && rows[at] ? `${id}-${rows[at].id}` : undefined;
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

  return (
    <>
      <span className="hidden" role="status">
        {open && found.data ? t('menu.found', { count: rows.length }) : ''}
      </span>
      {ready.error && <RefusalLine error={ready.error} />}
      {open && (
        <div className={classes.menu}>
          <ul id={id} role="listbox" aria-label={t('menu.label')}>
            {rows.map((answer, index) => (
              <AnswerOption
                key={answer.id}
                id={`${id}-${answer.id}`}
                answer={answer}
                isActive={index === at}
                onPick={() => pick(answer)}
              />
            ))}
          </ul>
          {found.isError && <RefusalLine error={found.error} />}
          {found.data && rows.length === 0 && <p>{t('menu.none', { words: slash.words })}</p>}
          <footer aria-hidden="true">{t('menu.keys')}</footer>
        </div>
      )}
    </>
  );
}
