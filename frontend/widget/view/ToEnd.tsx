import { useAround } from './context';
import { DownIcon } from './icons';

export function ToEnd({ onClick }: { onClick: () => void }) {
  const { words, state } = useAround();
  const { unread } = state;
  return (
    <button
      type="button"
      class="to-end"
      aria-label={unread > 0 ? undefined : words.say('to_end')}
      onClick={onClick}
    >
      <DownIcon size={18} />
      {unread > 0 && <span>{words.count('to_end_new', unread)}</span>}
    </button>
  );
}
