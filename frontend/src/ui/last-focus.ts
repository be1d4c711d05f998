/**
 * What had the focus before menus and dialogs came in front. An item of a menu is gone by the
 * time its dialog closes; the button that opened the menu is still there.
 */
const IN_FRONT = '[role="menu"], [role="dialog"], [role="listbox"]';

let last: HTMLElement | undefined;

document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && !target.closest(IN_FRONT)) last = target;
});

/** Opened by a key while nothing had the focus: the screen itself gets it back. */
export const lastFocused = () =>
  last?.isConnected && last.checkVisibility() ? last : document.getElementById('content');
