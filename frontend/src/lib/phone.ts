import { useMediaQuery } from '@mantine/hooks';

/** Below 768 px one pane is the whole page, as in the style sheets. */
const PHONE = '(max-width: 47.99em)';

/** Whether the window is a phone's; right from the first paint on. */
export function usePhone(): boolean {
  return useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
}
