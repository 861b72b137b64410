import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { encryptionNotices } from './build/encryptionNotices.ts';
import { listHashes } from './build/listHashes.ts';
import { precompress } from './build/precompress.ts';

const server = `http://localhost:${process.env['CONCLAVE_LISTEN_PORT'] ?? 8080}`;

const notices = encryptionNotices();

/** What every page needs, in one script: cut by the bundler into several, it weighs 5 kB more (compressed, to join a meeting). */
const base = new RegExp(
  [
    String.raw`node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next)[\\/]`,
    'createLucideIcon',
    String.raw`src[\\/]ui[\\/]cx`,
    String.raw`src[\\/]features[\\/]account[\\/]model[\\/]session`,
  ].join('|'),
);

export default defineConfig({
  plugins: [react(), notices.pages, precompress(), listHashes()],
  // The path, whatever folder the build is started from.
  root: import.meta.dirname,
  server: { proxy: { '/api': { target: server, ws: true } } },
  // In pieces, of which the suites that are not used are never loaded.
  worker: {
    format: 'es',
    plugins: () => [notices.worker],
    rollupOptions: {
      output: {
        entryFileNames: 'assets/encryption-[hash].js',
        chunkFileNames: 'assets/encryption/[name]-[hash].js',
      },
    },
  },
  build: {
    target: ['chrome125', 'firefox128', 'safari17.5'],
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    sourcemap: 'hidden',
    license: { fileName: 'licenses.md' },
    // The content security policy allows no data: addresses for scripts and styles, and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_500,
    rollupOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: base }] } } },
  },
});
