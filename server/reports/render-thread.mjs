/** Entry of the drawing thread: a thread starts without the TypeScript loader of its process. */
import { register } from 'tsx/esm/api';

register();
await import('./render-thread.ts');
