import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * On a phone the keyboard covers the page instead of shrinking it, and what is fixed to the bottom
 * lies under it. The visual viewport is the part that can be seen.
 */
export function useVisibleHeight(panel: RefObject<HTMLElement | null>, isPhone: boolean) {
  useEffect(() => {
    const seen = window.visualViewport;
    const { style } = panel.current ?? {};
    if (!isPhone || !seen || !style) return;

    const fit = () => {
      style.height = `${seen.height}px`;
      style.top = `${seen.offsetTop}px`;
    };
    fit();
    seen.addEventListener('resize', fit);
    seen.addEventListener('scroll', fit);
    return () => {
      seen.removeEventListener('resize', fit);
      seen.removeEventListener('scroll', fit);
      style.height = '';
      style.top = '';
    };
  }, [panel, isPhone]);
}
