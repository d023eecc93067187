import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page and its files, as an edge serves them at `/`. Nothing is inlined: the edge's policy permits no script inside a page. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
    reportCompressedSize: false
  },
  // For work on the console itself: `npx vite apps/console` beside a running edge.
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/health': 'http://127.0.0.1:3000',
      '/socket.io': { target: 'http://127.0.0.1:3000', ws: true }
    }
  }
});
