// `npx vite --config tests/kit/preview.config.ts`: the app's own screens over a device filled with the demo,
// without server and network, for looking at them.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    react(),
    {
      name: 'preview',
      transformIndexHtml: (html) => html.replace('/src/app/web.tsx', '/tests/kit/preview.tsx'),
    },
  ],
  server: { host: '127.0.0.1' },
})
