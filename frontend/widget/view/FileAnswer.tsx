import { useRef } from 'preact/hooks';
import { openQuestion } from '../question';
import type { Asked } from './Answers';
import { useAround } from './context';

/** One button that opens what is asked for: the camera or the pictures, the recordings, the papers. */
export function FileAnswer({ message, question }: Asked) {
  const { chat, words, state } = useAround();
  const picker = useRef<HTMLInputElement>(null);
  const isOpen =
    state.ticket !== 'closed' && openQuestion(state.messages, state.outgoing) === message.id;
  const accept = { image: 'image/*', audio: 'audio/*', document: '.pdf,image/*' };

  return (
    <div class="options">
      <input
        ref={picker}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={words.say('file_choose')}
        accept={accept[question.accepts ?? 'document']}
        onChange={(event) => {
          chat.stage(event.currentTarget.files ?? []);
          event.currentTarget.value = ''; // so the same file can be chosen again
        }}
      />
      <button
        type="button"
        class="outline"
        disabled={!isOpen}
        onClick={() => picker.current?.click()}
      >
        {words.say('file_choose')}
      </button>
    </div>
  );
}
