import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Smaller files are not worth a compressed copy. */
const LEAST_BYTES = 300;

/** Writes compressed copies next to each file, which an edge sends to browsers that accept them. */
const compressed = {
  name: 'compressed',
  apply: 'build',
  /** @param {{ dir?: string }} output */
  writeBundle({ dir = '' }) {
    for (const name of readdirSync(dir, { encoding: 'utf8', recursive: true })) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue;
      const file = join(dir, name);
      const content = readFileSync(file);
      if (content.length < LEAST_BYTES) continue;
      writeFileSync(`${file}.br`, brotliCompressSync(content));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    }
  }
};

/** Builds the page that an edge serves at `/`. Nothing is inlined, because the edge's policy permits no inline scripts. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files, because one compresses better than fifty: for the login, the list of sessions, its connection, likely next steps, and pages.
          groups: [
            { name: 'start', tags: ['$initial'], priority: 4 },
            { name: 'start', test: /^\0rolldown\/runtime/, priority: 4 },
            { name: 'inside', test: /app-inside\.tsx$/, priority: 3 },
            { name: 'live', test: /life\.feed\.ts$/, priority: 2 },
            { name: 'next', test: /(-items\.menu|overlays\.view|bulk-bar|create-session\.modal)\.tsx$/, priority: 1 },
            { name: 'pages', test: /\.[jt]sx?$/, minShareCount: 3 }
          ]
        }
      }
    },
    chunkSizeWarningLimit: 1_200,
    reportCompressedSize: false
  },
  // For development of the console: `npx vite apps/console` while an edge is running.
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/health': 'http://127.0.0.1:3000',
      '/socket.io': { target: 'http://127.0.0.1:3000', ws: true }
    }
  }
});
