import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';

export function useTheme(theme: 'auto' | 'light' | 'dark') {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(theme), [theme, setColorScheme]);
}
