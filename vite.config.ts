import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'
import { serviceWorker } from './vite.service-worker.ts'

/** Where `npm run dev` finds the API; the built app is served by the same process as the API. */
const api = process.env.RAPPORT_API ?? 'http://127.0.0.1:3000'

const config: UserConfig = {
  plugins: [react(), serviceWorker()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Inlined files would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { app: 'index.html', 'service-worker': 'src/app/service-worker.ts' },
      output: {
        // The browser looks for the worker under one name, whatever is in it.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        // What changes rarely is kept apart, so that an update of the app does not fetch it again.
        manualChunks: (id) => {
          if (/node_modules\/(react|react-dom|react-router|scheduler|cookie)\//.test(id)) return 'react'
          if (/node_modules\/(@mantine\/(core|hooks)|@floating-ui|clsx)\//.test(id)) return 'kit'
          return undefined
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: api, changeOrigin: false } },
  },
}

export default defineConfig(({ command }) => {
  // Whatever the caller's environment says (a test runner's does): what is built is what people use.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return config
})
