export type Shortcut = 'microphone' | 'camera' | 'people' | 'chat' | 'hand' | 'muteAll' | 'secure' | 'help';

export const SHORTCUT_KEYS: Readonly<Record<Shortcut, string>> = {
  microphone: 'M',
  camera: 'V',
  people: 'P',
  chat: 'C',
  hand: 'H',
  muteAll: 'Shift+M',
  secure: 'Shift+S',
  help: '?',
};

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  readonly defaultPrevented: boolean;
  readonly isComposing: boolean;
  readonly target: EventTarget | null;
}

const typing =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"]';

/** What a key does in the room. Nothing while somebody types, in a dialog, or with Ctrl, Alt or the command key. */
export function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
  if (press.defaultPrevented || press.isComposing || isTyping(press.target)) return null;
  const letter = press.key.toUpperCase();
  // What is typed with Shift on some keyboards is its own key; a letter is another one with it.
  const key = press.shiftKey && /^[A-Z]$/.test(letter) ? `Shift+${letter}` : letter;
  for (const name of Object.keys(SHORTCUT_KEYS) as Shortcut[]) {
    if (SHORTCUT_KEYS[name] === key) return name;
  }
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target !== null && 'closest' in target && (target as Element).closest(typing) !== null;
}
