export * from './devices/types.ts';
export * from './meeting/types.ts';
export * from './observable.ts';
