import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';

const server = `http://localhost:${process.env['CONCLAVE_LISTEN_PORT'] ?? 8080}`;

export default defineConfig({
  plugins: [react(), precompress()],
  // The path, whatever folder the build is started from.
  root: import.meta.dirname,
  server: { proxy: { '/api': { target: server, ws: true } } },
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
  },
});
