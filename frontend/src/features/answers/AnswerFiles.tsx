import { Button, Input } from '@mantine/core';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import IconPaperclip from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentAccount } from '@/api/account';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { uploadFile } from '@/lib/upload';
import { IconButton } from '@/ui/IconButton';
import { fileAddress, type Attachment } from './api';
import classes from './answers.module.css';

const MOST = 10;

type Props = {
  files: Attachment[];
  error: string | undefined;
  disabled: boolean;
  onChange: (files: Attachment[]) => void;
};

/** What goes with the text. One that was uploaded just now is still only the uploader's. */
export function AnswerFiles({ files, error, disabled, onChange }: Props) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const picker = useRef<HTMLInputElement>(null);
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const upload = useMutation({
    mutationFn: async (chosen: File[]) => {
      const up: Attachment[] = [];
      for (const file of chosen)
        up.push(await uploadFile(file, () => undefined, new AbortController().signal));
      return up;
    },
    onSuccess: (up) => {
      setFresh(new Set([...fresh, ...up.map(({ id }) => id)]));
      onChange([...files, ...up]);
    },
  });
  const addressOf = (file: Attachment) =>
    fresh.has(file.id) ? `/media/${file.id}?account=${currentAccount()}` : fileAddress(file);

  return (
    <Input.Wrapper label={t('field.files')} labelElement="div" error={error}>
      {files.length > 0 && (
        <ul className={classes.files} aria-label={t('field.files')}>
          {files.map((file) => (
            <li key={file.id}>
              {file.kind === 'image' ? (
                <img src={addressOf(file)} alt="" />
              ) : (
                <i>
                  <IconFile size={20} stroke={1.75} />
                </i>
              )}
              <div>
                <b className="cut">{file.filename}</b>
                <small className="num">{format.bytes(file.size_bytes)}</small>
              </div>
              {!disabled && (
                <IconButton
                  label={t('drop_file', { name: file.filename })}
                  onClick={() => onChange(files.filter(({ id }) => id !== file.id))}
                >
                  <IconClose size={16} stroke={1.75} />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && files.length < MOST && (
        <>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              upload.mutate([...(currentTarget.files ?? [])].slice(0, MOST - files.length));
              currentTarget.value = '';
            }}
          />
          <Button
            mt={8}
            variant="default"
            loading={upload.isPending}
            leftSection={<IconPaperclip size={16} stroke={1.75} />}
            onClick={() => picker.current?.click()}
          >
            {t('add_file')}
          </Button>
        </>
      )}
      <RefusalLine error={upload.error} />
    </Input.Wrapper>
  );
}
