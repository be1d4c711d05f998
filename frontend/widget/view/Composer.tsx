import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AlertIcon, ClipIcon, CrossIcon, SendIcon } from './icons';
import { StagedFiles } from './StagedFiles';
import { useAround } from './context';

const TALLEST_PX = 152; // six lines; after that the text scrolls in its field

export function Composer() {
  const { chat, words, state } = useAround();
  const [text, setText] = useState(chat.draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { text_max, file_max_bytes } = state.config;
  const over = [...text.trim()].length - text_max;
  const canSend = (text.trim() !== '' || state.staged.length > 0) && over <= 0;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, TALLEST_PX)}px`;
  }, [text]);

  function write(next: string) {
    setText(next);
    chat.keepDraft(next);
    if (next.trim() !== '') chat.typed();
  }

  function send() {
    if (!canSend) return;
    chat.send(text);
    setText('');
    field.current?.focus();
  }

  function pressed(event: KeyboardEvent) {
    // While an accent or a Chinese word is being put together, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  function pasted(event: ClipboardEvent) {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    chat.stage(files);
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <StagedFiles />
      {state.notice && (
        <p class="notice" role="alert">
          <AlertIcon />
          <span>
            {words.refused(state.notice.slug, {
              name: state.notice.name ?? '',
              limit: words.size(file_max_bytes),
            })}
          </span>
          <button
            type="button"
            class="ghost small"
            aria-label={words.say('dismiss')}
            onClick={chat.dismissNotice}
          >
            <CrossIcon size={16} />
          </button>
        </p>
      )}
      {over > 0 && (
        <p class="notice" role="alert" id="over">
          <AlertIcon />
          <span>{words.count('too_long', over, { limit: text_max })}</span>
        </p>
      )}
      <div class="field">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          tabIndex={-1}
          aria-label={words.say('attach')}
          onChange={(event) => {
            chat.stage(event.currentTarget.files ?? []);
            event.currentTarget.value = ''; // so the same file can be chosen again
            field.current?.focus();
          }}
        />
        <button
          type="button"
          class="ghost"
          aria-label={words.say('attach')}
          onClick={() => picker.current?.click()}
        >
          <ClipIcon />
        </button>
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={words.say('write')}
          aria-label={words.say('write')}
          aria-invalid={over > 0}
          aria-describedby={over > 0 ? 'over' : undefined}
          enterkeyhint="send"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={pressed}
          onPaste={pasted}
        />
        <button type="submit" class="send" aria-label={words.say('send')} disabled={!canSend}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
