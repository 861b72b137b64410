import encodeQR from 'qr';
import { useMemo } from 'react';
import styles from './QrPicture.module.css';

/** ISO/IEC 18004 asks for four modules of white around it. */
const border = 4;

/** A text as a QR code: dark on white in both schemes, as readers expect it. */
export function QrPicture({ text, name }: { readonly text: string; readonly name: string }) {
  const rows = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border }), [text]);
  const path = useMemo(() => {
    const runs: string[] = [];
    for (const [y, row] of rows.entries())
      for (const [x, dark] of row.entries()) if (dark) runs.push(`M${x} ${y}h1v1h-1z`);
    return runs.join('');
  }, [rows]);
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={name}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
