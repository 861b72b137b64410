import { type ClipboardEvent, type DragEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import { findCertainSecret, findSecret, type SecretKind } from '../../model/secrets/findSecret.ts';
import { SecretQuestion } from './SecretQuestion.tsx';

/** What was held back. A pasted text is kept here alone, and only until the question is answered. */
type HeldBack =
  | { readonly on: 'paste'; readonly kind: SecretKind; readonly text: string }
  | { readonly on: 'send'; readonly kind: SecretKind };

/**
 * Asks before something that looks like a secret is pasted or dropped into a field, and, of the kinds that are certain,
 * before it is sent. The field is in a form; what is let through is submitted once more.
 * @param passcode of this meeting, when this browser knows it
 */
export function useSecretGuard(
  field: RefObject<HTMLTextAreaElement | null>,
  passcode: string | null,
): {
  readonly handlers: {
    readonly onPaste: (event: ClipboardEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
  /** Whether a text has to wait: then there is a question. */
  readonly holdsBack: (text: string) => boolean;
  readonly question: ReactNode;
} {
  const [held, setHeld] = useState<HeldBack | null>(null);
  /** Kinds that this message may hold: nobody is asked twice. */
  const accepted = useRef(new Set<SecretKind>());

  const take = (event: ClipboardEvent | DragEvent, text: string) => {
    const kind = text === '' ? null : findSecret(text, passcode);
    if (kind === null) return;
    event.preventDefault();
    setHeld({ on: 'paste', kind, text });
  };
  const holdsBack = (text: string) => {
    const kind = findCertainSecret(text);
    if (kind !== null && !accepted.current.has(kind)) {
      setHeld({ on: 'send', kind });
      return true;
    }
    accepted.current.clear();
    setHeld(null);
    return false;
  };
  const refuse = () => {
    setHeld(null);
    field.current?.focus();
  };
  const allow = (what: HeldBack) => {
    setHeld(null);
    accepted.current.add(what.kind);
    const element = field.current;
    if (element === null) return;
    if (what.on === 'paste') insert(element, what.text);
    else element.form?.requestSubmit();
  };

  return {
    handlers: {
      onPaste: (event) => take(event, event.clipboardData.getData('text/plain')),
      onDrop: (event) => take(event, event.dataTransfer.getData('text/plain')),
    },
    holdsBack,
    question: held !== null && (
      <SecretQuestion
        key={`${held.on} ${held.kind}`}
        on={held.on}
        kind={held.kind}
        onRefuse={refuse}
        onAllow={() => allow(held)}
      />
    ),
  };
}

function insert(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  // Deprecated, and the one way that the field's own undo knows of.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
