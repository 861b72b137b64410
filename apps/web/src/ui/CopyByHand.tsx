import { Suspense } from 'react';
import { lazyPart } from './lazyPart.ts';

const CopyByHandDialog = lazyPart(() => import('./CopyByHandDialog.tsx'));

/** Hardly ever needed, so it is fetched only then. */
export function CopyByHand(props: { readonly text: string; readonly onClose: () => void }) {
  return (
    <Suspense>
      <CopyByHandDialog {...props} />
    </Suspense>
  );
}
