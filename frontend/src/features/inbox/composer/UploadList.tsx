import { Button } from '@mantine/core';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import { useTranslation } from 'react-i18next';
import { sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import type { Upload } from './useUploads';
import classes from './composer.module.css';

type Props = {
  uploads: readonly Upload[];
  network: string;
  onDrop: (id: string) => void;
  onAgain: (upload: Upload) => void;
};

/** What is going up, how far, and why something is not. */
export function UploadList({ uploads, network, onDrop, onAgain }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('upload.label')}>
      {uploads.map((upload) => (
        <li key={upload.id}>
          {upload.preview ? (
            <img src={upload.preview} alt="" />
          ) : (
            <i>
              <IconFile size={20} stroke={1.75} />
            </i>
          )}
          <div>
            <b className="cut">{upload.name}</b>
            <UploadState upload={upload} network={network} />
          </div>
          <span>
            {upload.refusal && (
              <Button size="xs" variant="default" onClick={() => onAgain(upload)}>
                {t('common:retry')}
              </Button>
            )}
            <IconButton
              size={28}
              label={t('upload.remove', { name: upload.name })}
              onClick={() => onDrop(upload.id)}
            >
              <IconClose size={16} stroke={1.75} />
            </IconButton>
          </span>
        </li>
      ))}
    </ul>
  );
}

function UploadState({ upload, network }: { upload: Upload; network: string }) {
  const { t } = useTranslation(['inbox', 'common']);
  const format = useFormat();
  const { rejected, refusal, attachment, done, name, size: bytes } = upload;

  if (rejected?.why === 'size') {
    const size = format.bytes(rejected.max_bytes);
    return (
      <small data-bad role="alert">
        {t(`upload.too_large.${rejected.kind}`, { network, size })}
      </small>
    );
  }
  if (rejected) {
    return (
      <small data-bad role="alert">
        {t('upload.kind_refused', { network })}
      </small>
    );
  }
  if (refusal) {
    return (
      <small data-bad role="alert">
        {sayRefusal(refusal)}
      </small>
    );
  }
  if (attachment)
    return <small className="num">{t('upload.ready', { size: format.bytes(bytes) })}</small>;
  return <progress value={done} max={1} aria-label={t('upload.going', { name })} />;
}
