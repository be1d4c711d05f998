import { useMediaQuery } from '@mantine/hooks';
import { usePreference } from './preferences';

/** Rows closer together, for whoever wants more of them; never under a finger. Styles ask for the same (data-density). */
export function useCompact() {
  const [density] = usePreference('density');
  const fine = useMediaQuery('(pointer: fine)', false, { getInitialValueInEffect: false });
  return density === 'compact' && fine;
}
