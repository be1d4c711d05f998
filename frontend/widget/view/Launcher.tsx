import type { Ref } from 'preact';
import { useAround } from './context';
import { ChatIcon, DownIcon } from './icons';

export function Launcher({ ref }: { ref: Ref<HTMLButtonElement> }) {
  const { chat, words, state } = useAround();
  const { isOpen, unread } = state;
  const name = unread > 0 ? words.count('open_unread', unread) : words.say('open');

  return (
    <button
      ref={ref}
      type="button"
      class="launcher"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={isOpen ? words.say('close') : name}
      onClick={() => (isOpen ? chat.close() : chat.open())}
    >
      {isOpen ? <DownIcon size={28} /> : <ChatIcon />}
      {!isOpen && unread > 0 && (
        <span class="badge" aria-hidden="true">
          {unread > 9 ? '9+' : unread}
        </span>
      )}
    </button>
  );
}
