const FOCUSABLE = 'a[href], button:not(:disabled), input, textarea, audio, video, [tabindex="0"]';

/** Tab goes round inside: on a phone the panel is the screen, and the page behind it cannot be seen. */
export function keepFocusInside(panel: HTMLElement, event: KeyboardEvent) {
  if (event.key !== 'Tab') return;
  const all = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.offsetParent !== null,
  );
  const first = all[0];
  const last = all.at(-1);
  const at = (panel.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey && (at === first || at === panel)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && at === last) {
    event.preventDefault();
    first?.focus();
  }
}
