import { Button } from '@mantine/core';
import IconAgain from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconRecord from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend2.mjs';
import IconStop from '@tabler/icons-react/dist/esm/icons/IconPlayerStop.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeavingAsks } from '@/lib/LeavingAsks';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import type { Attachment } from '../api';
import { AudioPlayer } from '../thread/AudioPlayer';
import { useClipUpload } from './useClipUpload';
import { LONGEST_S, useRecorder, type Clip } from './useRecorder';
import classes from './recorder.module.css';

const ICON = { size: 18, stroke: 1.75 } as const;
const WARNS_BEFORE_S = 15;

type Props = {
  whispering: boolean;
  /** What was recorded before and taken back from being sent. */
  first: Clip | undefined;
  onSend: (attachment: Attachment, clip: Clip) => void;
  onClose: () => void;
};

/** In place of the text: records, lets one listen, sends. */
export function Recorder({ whispering, first, onSend, onClose }: Props) {
  const { t } = useTranslation('voice');
  const { state, start, finish, pause, goOn } = useRecorder(first, t('filename'));
  const { upload, done, refusal } = useClipUpload(onSend);
  const { phase } = state;
  const busy = done !== undefined;

  const send = () =>
    void upload(state.phase === 'recorded' ? Promise.resolve(state.clip) : finish());

  if (state.phase === 'trouble') {
    return (
      <div className={classes.trouble} role="alert">
        <b>{t(`trouble.${state.why}.title`)}</b>
        <p>{t(`trouble.${state.why}.text`)}</p>
        <div>
          <Button size="xs" variant="default" onClick={start} autoFocus>
            {t('try_again')}
          </Button>
          <Button size="xs" variant="subtle" onClick={onClose}>
            {t('write_instead')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.recorder} role="group" aria-label={t('label')}>
      <p className="hidden" role="status">
        {t(`phase.${state.phase}`)}
      </p>
      <div className={classes.sound}>
        {busy ? (
          <progress value={done} max={1} aria-label={t('uploading')} />
        ) : state.phase === 'recorded' ? (
          <Listen clip={state.clip} />
        ) : (
          <Running state={state} />
        )}
      </div>
      <RefusalLine error={refusal} />
      <div className={classes.acts}>
        <IconButton label={t('discard')} side="top" onClick={onClose}>
          <IconTrash {...ICON} />
        </IconButton>
        {phase === 'recording' && (
          <IconButton label={t('pause')} side="top" onClick={pause}>
            <IconPause {...ICON} />
          </IconButton>
        )}
        {phase === 'paused' && (
          <IconButton label={t('go_on')} side="top" onClick={goOn}>
            <IconRecord {...ICON} />
          </IconButton>
        )}
        {(phase === 'recording' || phase === 'paused') && (
          <IconButton label={t('stop')} side="top" autoFocus onClick={() => void finish()}>
            <IconStop {...ICON} />
          </IconButton>
        )}
        {phase === 'recorded' && !busy && (
          <IconButton label={t('again')} side="top" onClick={start}>
            <IconAgain {...ICON} />
          </IconButton>
        )}
        <span className={classes.gap} />
        <Button
          disabled={phase === 'asking'}
          loading={busy}
          leftSection={whispering ? <IconLock size={16} /> : <IconSend size={16} stroke={1.75} />}
          onClick={send}
        >
          {whispering ? t('whisper') : t('send')}
        </Button>
      </div>
      <LeavingAsks
        asks={phase !== 'asking' && !busy}
        title={t('leave.title')}
        text={t('leave.text')}
        discard={t('leave.discard')}
        stay={t('leave.stay')}
      />
    </div>
  );
}

type RunningState = Exclude<ReturnType<typeof useRecorder>['state'], { clip: Clip }>;

function Running({ state }: { state: RunningState }) {
  const { t } = useTranslation('voice');
  const format = useFormat();
  if (state.phase !== 'recording' && state.phase !== 'paused') return <span>{t('asking')}</span>;
  const left = Math.ceil(LONGEST_S - state.seconds);
  return (
    <>
      <i className={classes.dot} data-still={state.phase === 'paused' || undefined} />
      <span className={`${classes.time} num`} role="timer" aria-label={t('time')}>
        {format.playTime(state.seconds)}
      </span>
      <span className={classes.faint}>
        {left <= WARNS_BEFORE_S
          ? t('left', { count: left })
          : state.phase === 'paused'
            ? t('paused')
            : t('at_most', { time: format.playTime(LONGEST_S) })}
      </span>
    </>
  );
}

/** What was recorded, before anybody else hears it. */
function Listen({ clip }: { clip: Clip }) {
  const [src, setSrc] = useState<string>();
  useEffect(() => {
    const url = URL.createObjectURL(clip.file);
    const frame = requestAnimationFrame(() => setSrc(url));
    return () => {
      cancelAnimationFrame(frame);
      URL.revokeObjectURL(url);
    };
  }, [clip]);
  return src ? (
    <AudioPlayer key={src} src={src} duration_s={clip.seconds} bytes={clip.file} />
  ) : null;
}
