import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariablesResolver, makeTheme } from '@/ui/theme';
import toasts from '@/ui/toast.module.css';
import type { AppRouter } from './router';

type Props = {
  cache: QueryClient;
  router: AppRouter;
  nonce: () => string;
  env?: 'default' | 'test';
};

export function Providers({ cache, router, nonce, env = 'default' }: Props) {
  const { t } = useTranslation();
  const closeLabel = t('close');
  const theme = useMemo(() => makeTheme(closeLabel), [closeLabel]);

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
      env={env}
    >
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
        <Notifications
          position="bottom-left"
          limit={3}
          containerWidth={360}
          classNames={{ root: toasts.place, notification: toasts.toast }}
        />
      </QueryClientProvider>
    </MantineProvider>
  );
}
