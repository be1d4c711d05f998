import { isPicture } from '../files';
import { CrossIcon, FileIcon } from './icons';
import { LocalPicture } from './LocalPicture';
import { useAround } from './context';

/** Files chosen for the next message. */
export function StagedFiles() {
  const { chat, words, state } = useAround();
  if (state.staged.length === 0) return null;
  return (
    <ul class="staged" aria-label={words.say('files_ready')}>
      {state.staged.map(({ key, file }) => (
        <li key={key}>
          {isPicture(file.type) ? (
            <LocalPicture file={file} label={words.say('image', { name: file.name })} />
          ) : (
            <FileIcon />
          )}
          <span>
            <b>{file.name}</b>
            <small>{words.size(file.size)}</small>
          </span>
          <button
            type="button"
            class="ghost small"
            aria-label={words.say('remove_file', { name: file.name })}
            onClick={() => chat.unstage(key)}
          >
            <CrossIcon size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
