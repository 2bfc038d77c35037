import { cloudflare } from '@cloudflare/vite-plugin'
import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { inline } from './local/inline.ts'

export default defineConfig({
  publicDir: 'web/public',
  // Browsers of 2025: `light-dark()` and nesting stay as written instead of being lowered.
  build: { target: 'es2023', cssTarget: ['chrome125', 'safari18', 'firefox128'] },
  plugins: [inline(), preact(), cloudflare()],
  environments: {
    entente: { build: { minify: true } },
    client: {
      build: {
        // Every browser that we build for preloads modules by itself.
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: { admin: 'web/admin/index.html', portal: 'web/portal/index.html' },
          // The first script lists every part that can follow, and its sheets: names in that list are bytes that all wait for.
          output: { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' },
        },
      },
    },
  },
})
