/** The codes that the security panel and the dialog above it show. Runs in the page. */
export function shownCodes(_: null): {
  /** How far the room code is; null where the panel is not open. */
  readonly room: string | null;
  readonly emoji: readonly string[];
  /** In the order of the page: the room's, then a person's. */
  readonly digits: readonly string[];
  readonly qr: { readonly size: number; readonly path: string } | null;
} {
  const panel = document.querySelector('[data-room-code]');
  const drawing = document.querySelector('[role="dialog"] svg[shape-rendering="crispEdges"]');
  const path = drawing?.querySelector('path')?.getAttribute('d') ?? null;
  return {
    room: panel?.getAttribute('data-room-code') ?? null,
    emoji: [...(panel?.querySelectorAll('ol > li') ?? [])].map((one) => one.textContent ?? ''),
    digits: [...document.querySelectorAll('[data-digits]')].map(
      (one) => one.getAttribute('data-digits') ?? '',
    ),
    qr: path === null ? null : { size: Number(drawing?.getAttribute('viewBox')?.split(' ')[2]), path },
  };
}
