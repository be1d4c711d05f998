import { CrossIcon } from './icons';
import { Tile } from './Tile';
import { useAround } from './context';

export function Header() {
  const { chat, words, state } = useAround();
  const { name } = state.config;

  return (
    <div class="header">
      <Tile />
      <span class="mark" aria-hidden="true">
        {[...name][0]?.toLocaleUpperCase(words.locale)}
      </span>
      <div class="team">
        <h2 id="title">{name}</h2>
        <p>{words.say('status')}</p>
      </div>
      <button
        type="button"
        class="ghost on-accent"
        aria-label={words.say('close')}
        onClick={chat.close}
      >
        <CrossIcon />
      </button>
    </div>
  );
}
