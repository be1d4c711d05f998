import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const backend = process.env.BALCAO_URL ?? 'http://localhost:8080';

/* Writes go through the origin check, so the proxy speaks with the backend's own origin. */
const proxied = {
  target: backend,
  changeOrigin: true,
  headers: { origin: new URL(backend).origin },
};

/*
 * The text font is asked for together with the page. Without this it is found only after the
 * style sheet, and the first words change width under the reader's eyes.
 */
function preloadTextFont(): Plugin {
  return {
    name: 'preload-text-font',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((name) => name.includes('inter-latin-wght'));
        if (!font) return [];
        const attrs = {
          rel: 'preload',
          as: 'font',
          type: 'font/woff2',
          href: `/${font}`,
          crossorigin: '',
        };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), preloadTextFont()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  /* nginx replaces the token in index.html by the nonce of that answer. */
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0, // no data: in the content security policy
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: 'mantine',
              /* What only forms and settings use comes with them, not with the inbox. */
              test: /node_modules\/(@mantine\/(core|hooks)(?!.*\/(Anchor|Checkbox|Collapse|Combobox|Divider|Drawer|FileButton|FloatingIndicator|MultiSelect|NumberInput|Pill|PillsInput|PinInput|Progress|Radio|ScrollArea|SegmentedControl|Select|Switch|Table|Tabs|TagsInput|Textarea)\/)|@floating-ui)\//,
            },
            /* What many screens share comes in one file each: a file of a single icon costs more to ask for than to have. */
            { name: 'icons', test: /node_modules\/@tabler\//, minShareCount: 3 },
            { name: 'common', minShareCount: 24 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/api': proxied, '/live': proxied, '/media': proxied, '/hooks': proxied },
  },
  test: {
    reporters: ['default', fileURLToPath(new URL('../tests/tally.ts', import.meta.url))],
    projects: [
      {
        extends: true,
        /* What needs no page is tried without one: it costs a tenth. Nothing of it outlives a test. */
        test: {
          name: 'logic',
          environment: 'node',
          isolate: false,
          globals: true,
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.dom.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          environment: 'happy-dom',
          globals: true,
          css: false,
          setupFiles: ['src/testing/setup.ts'],
          include: ['src/**/*.test.tsx', 'src/**/*.dom.test.ts'],
          testTimeout: 30_000,
          /* Once more, and the run says so at its end: a page that starts beside other suites may be late. */
          retry: 1,
        },
      },
      'widget/vite.config.ts',
      'worker/vite.config.ts',
    ],
  },
});
