import { Button, Checkbox, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import type { Ticket } from '../api';
import { transcriptText } from '../model/transcript';
import { useTranscript, type Transcript } from './useTranscript';
import classes from './acts.module.css';

/**
 * A conversation taken along: as a text file, or printed, which every browser can do into a PDF, with its own
 * letters and emoji and on a phone too.
 */
export function TranscriptForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation('acts');
  const [whispers, setWhispers] = useState(false);
  const [printed, setPrinted] = useState<Transcript>();
  const { collect, done, busy, error } = useTranscript(ticket);

  const save = async () => {
    const transcript = await collect(whispers);
    if (!transcript) return;
    const text = transcriptText(transcript.head, transcript.lines);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    link.download = `${ticket.protocol}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
    onDone();
  };
  const print = async () => setPrinted(await collect(whispers));

  return (
    <form
      className={classes.stack}
      aria-label={t('transcript.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className={classes.lead}>{t('transcript.text')}</p>
      <Checkbox
        label={t('transcript.whispers')}
        checked={whispers}
        onChange={({ currentTarget: { checked } }) => setWhispers(checked)}
      />
      {busy && (
        <Progress
          value={(100 * done) / Math.max(ticket.last_seq, 1)}
          aria-label={t('transcript.busy')}
        />
      )}
      <RefusalLine error={error} />
      <div className={classes.choices}>
        <Button variant="default" loading={busy} onClick={() => void print()}>
          {t('transcript.print')}
        </Button>
        <Button type="submit" loading={busy} data-autofocus>
          {t('transcript.save')}
        </Button>
      </div>
      {printed && <Printed transcript={printed} onDone={onDone} />}
    </form>
  );
}

/** On paper only: the rest of the page is left out of it by acts.module.css. */
function Printed({ transcript, onDone }: { transcript: Transcript; onDone: () => void }) {
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onDone);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for what was collected
  }, [transcript]);
  return createPortal(
    <article className={classes.paper} data-paper>
      <header>
        {transcript.head.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </header>
      {transcript.lines.map((line) =>
        line.kind === 'day' ? (
          <h2 key={line.key}>{line.text}</h2>
        ) : line.kind === 'system' ? (
          <p key={line.key} data-system>
            {line.time} · {line.text}
          </p>
        ) : (
          <p key={line.key} data-whisper={line.isWhisper || undefined}>
            <b>
              {line.time} {line.author}:
            </b>{' '}
            {line.text}
          </p>
        ),
      )}
    </article>,
    document.body,
  );
}
