import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The back office is built into admin-ui/dist, which the server hands out at `/`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 1_600 },
  server: { port: 5173, proxy: { '/api': 'http://localhost:8080' } },
});
