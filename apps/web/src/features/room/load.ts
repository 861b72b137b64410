/** Fetched once, however often it is asked for. */
export const loadRoom = () => import('./components/Room.tsx');
