import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Chat } from '../chat';
import type { Words } from '../words';
import { Launcher } from './Launcher';
import { Panel } from './Panel';
import { Surroundings, useChatState } from './context';

/* Shops have shortcuts too. What is typed here must not search, like or scroll there. */
const keepInside = (event: KeyboardEvent) => event.stopPropagation();

export function App({ chat, words }: { chat: Chat; words: Words }) {
  const state = useChatState(chat);
  const launcher = useRef<HTMLButtonElement>(null);
  const { isOpen } = state;
  // Open from the page before: the visitor came to read this page, so the focus stays there.
  const isFirst = useRef(isOpen);

  // Before the panel takes the focus, and at once when it goes: no key is to fall between.
  useLayoutEffect(() => {
    const own = launcher.current;
    if (!isOpen || !own) return;
    const opener = document.activeElement;
    const host = (own.getRootNode() as ShadowRoot).host;
    return () => {
      // The page's own button that opened us, if there was one and it is still there.
      const isPageButton = opener !== null && opener !== document.body && opener !== host;
      isFirst.current = false;
      if (isPageButton && opener.isConnected) (opener as HTMLElement).focus();
      else own.focus();
    };
  }, [isOpen]);

  return (
    <Surroundings.Provider value={{ chat, words, state }}>
      <div
        class="balcao"
        lang={words.locale}
        role="none"
        onKeyDown={keepInside}
        onKeyUp={keepInside}
        onKeyPress={keepInside}
      >
        {isOpen && <Panel takesFocus={!isFirst.current} />}
        <Launcher ref={launcher} />
      </div>
    </Surroundings.Provider>
  );
}
