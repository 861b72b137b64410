export { type Config, configFrom, loadConfig } from './config/config.ts';
export type { RawSettings } from './config/schema.ts';
export { type RunningServer, type StartOptions, startServer } from './start.ts';
export { StartRefused } from './startRefused.ts';
