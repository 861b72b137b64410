import { lazy, Suspense } from 'react';

const CopyByHandDialog = lazy(() => import('./CopyByHandDialog.tsx'));

/** Hardly ever needed, so it is fetched only then. */
export function CopyByHand(props: { readonly text: string; readonly onClose: () => void }) {
  return (
    <Suspense>
      <CopyByHandDialog {...props} />
    </Suspense>
  );
}
