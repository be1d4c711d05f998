/* The other side shows the dots for a little longer than this, so they do not blink. */
const TELL_EVERY_MS = 4000;
const SHOW_FOR_MS = 6000;

/** Tells that the visitor is writing, at most every four seconds. */
export function createTypist(tell: () => void): () => void {
  let told_at = -Infinity;
  return () => {
    const now = Date.now();
    if (now - told_at < TELL_EVERY_MS) return;
    told_at = now;
    tell();
  };
}

/** The dots of the other side: they go by themselves when nobody says again that they type. */
export function createDots(show: (isTyping: boolean) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    seen() {
      clearTimeout(timer);
      show(true);
      timer = setTimeout(() => show(false), SHOW_FOR_MS);
    },
    gone() {
      clearTimeout(timer);
      show(false);
    },
  };
}
