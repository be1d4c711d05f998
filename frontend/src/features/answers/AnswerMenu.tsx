import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useFieldList, type Place } from '@/lib/field-list';
import { RefusalLine } from '@/lib/refusal';
import { suggestionsQuery, useReadyAnswer, type Answer, type Attachment } from './api';
import { AnswerOption } from './AnswerOption';
import { movedStops, offsetOf, slashAt } from './slash';
import classes from './answers.module.css';

type Props = {
  ticketId: number;
  field: RefObject<HTMLTextAreaElement | null>;
  asked: number;
  onChange: (text: string) => void;
  onFiles: (files: readonly Attachment[]) => void;
};

/**
 * The answers that a slash in the composer may mean. After one was inserted, Tab walks through
 * what the server had no value for.
 */
export function AnswerMenu({ ticketId, field, asked, onChange, onFiles }: Props) {
  const { t } = useTranslation('answers');
  const gaps = useRef<{ text: string; stops: number[] }>({ text: '', stops: [] });
  const ready = useReadyAnswer(ticketId);
  const [words, setWords] = useState<string>();
  const found = useQuery({ ...suggestionsQuery(words ?? ''), enabled: words !== undefined });

  const insert = (answer: Answer, place: Place) =>
    ready.mutate(answer.id, {
      onSuccess: ({ text: said, blanks, attachments }) => {
        const value = field.current?.value ?? '';
        const text = value.slice(0, place.from) + said + value.slice(place.to);
        const [first, ...stops] = blanks.map(
          ({ position }) => place.from + offsetOf(said, position),
        );
        const caret = first ?? place.from + said.length;
        gaps.current = { text, stops };
        onFiles(attachments);
        /* Drawn at once: whatever writes the text after the caret was placed moves it to the end. */
        flushSync(() => onChange(text));
        field.current?.focus();
        field.current?.setSelectionRange(caret, caret);
      },
    });

  const { id, place, rows, at, pick, look } = useFieldList<Answer>({
    field,
    find: (text, caret) => {
      const next = slashAt(text, caret);
      setWords(next?.words);
      return next;
    },
    rows: () => found.data?.data ?? [],
    isPending: found.isPending,
    onPick: insert,
    onLook: (text) => {
      gaps.current = { text, stops: movedStops(gaps.current.stops, gaps.current.text, text) };
    },
    onKey: ({ key, shiftKey }) => {
      const [next, ...stops] = key === 'Tab' && !shiftKey ? gaps.current.stops : [];
      if (next === undefined) return false;
      gaps.current.stops = stops;
      field.current?.setSelectionRange(next, next);
      return true;
    },
  });

  /* The button writes the slash that a hand would have. */
  useEffect(() => {
    const here = field.current;
    if (asked === 0 || !here) return;
    const before = here.value.slice(0, here.selectionStart);
    here.focus();
    here.setRangeText(
      before === '' || /\s$/.test(before) ? '/' : ' /',
      here.selectionStart,
      here.selectionEnd,
      'end',
    );
    const { value, selectionEnd } = here;
    onChange(value);
    requestAnimationFrame(() => {
      here.setSelectionRange(selectionEnd, selectionEnd);
      look();
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a press happens once
  }, [asked]);

  return (
    <>
      <span className="hidden" role="status">
        {place && found.data ? t('menu.found', { count: rows.length }) : ''}
      </span>
      <RefusalLine error={ready.error} />
      {place && (
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
          <RefusalLine error={found.error} />
          {found.data && rows.length === 0 && <p>{t('menu.none', { words: place.words })}</p>}
          <footer aria-hidden="true">{t('menu.keys')}</footer>
        </div>
      )}
    </>
  );
}
