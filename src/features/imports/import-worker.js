// Starts the worker that reads a list: the same loader as the program itself has.
import { register } from 'tsx/esm/api'

register()
await import('./import-worker.server.ts')
