import IconPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPauseFilled.mjs';
import IconPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlayFilled.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { drawWave, peaksOf } from './wave';
import classes from './media.module.css';

const SPEEDS = [1, 1.5, 2] as const;

type Props = {
  src: string;
  duration_s: number | undefined;
  /** Of a sound that is not on the server yet. */
  bytes?: Blob;
};

export function AudioPlayer({ src, duration_s, bytes }: Props) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at_s, setAt] = useState(0);
  const [length_s, setLength] = useState(duration_s ?? 0);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
  const peaks = usePeaks(src, bytes, playing);

  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const turnSpeed = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  const done = length_s > 0 ? Math.min(1, at_s / length_s) : 0;

  return (
    <div className={classes.audio}>
      {/* eslint-disable-next-line jsx-a11y-x/media-has-caption -- a voice note has none; a transcript comes with its text */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onLoadedMetadata={({ currentTarget: { duration } }) => {
          if (Number.isFinite(duration)) setLength(duration);
        }}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget: { currentTime } }) => setAt(currentTime)}
        onEnded={() => setAt(0)}
      />
      <button
        type="button"
        className={classes.play}
        onClick={toggle}
        aria-label={playing ? t('audio.pause') : t('audio.play')}
      >
        {playing ? <IconPause size={16} /> : <IconPlay size={16} />}
      </button>
      <span className={classes.wave}>
        <Wave peaks={peaks} done={done} />
        <input
          type="range"
          aria-label={t('audio.position')}
          aria-valuetext={format.playTime(at_s)}
          min={0}
          max={length_s || 1}
          step={0.1}
          value={at_s}
          onChange={({ currentTarget: { valueAsNumber } }) => {
            if (audio.current) audio.current.currentTime = valueAsNumber;
            setAt(valueAsNumber);
          }}
        />
      </span>
      <span className={`${classes.length} num`}>
        {format.playTime(playing || at_s ? at_s : length_s)}
      </span>
      <button
        type="button"
        className={`${classes.speed} reach`}
        onClick={turnSpeed}
        aria-label={t('audio.speed', { speed })}
      >
        {t('audio.times', { speed })}
      </button>
    </div>
  );
}

/** The real shape is decoded at the first play; before that a quiet even line. */
function usePeaks(src: string, own: Blob | undefined, wanted: boolean) {
  const [peaks, setPeaks] = useState<readonly number[]>();
  useEffect(() => {
    if (!wanted || peaks) return;
    let gone = false;
    peaksOf(src, own).then(
      (found) => {
        if (!gone) setPeaks(found);
      },
      () => undefined, // a format the browser plays but cannot decode: the even line stays
    );
    return () => {
      gone = true;
    };
  }, [src, own, wanted, peaks]);
  return peaks;
}

function Wave({ peaks, done }: { peaks: readonly number[] | undefined; done: number }) {
  return (
    <svg viewBox="0 0 220 24" preserveAspectRatio="none" aria-hidden="true">
      {drawWave(peaks).map(({ x, height }, at, all) => (
        <rect
          key={x}
          x={x}
          y={12 - height / 2}
          width="3"
          height={height}
          rx="1.5"
          fill={at / all.length < done ? 'var(--b-accent-text)' : 'var(--b-text-3)'}
          opacity={at / all.length < done ? 1 : 0.5}
        />
      ))}
    </svg>
  );
}
