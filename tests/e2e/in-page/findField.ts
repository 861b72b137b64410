/**
 * The text field of a label. By label and not by role, because a password field has no role in ARIA. Runs in
 * the page.
 */
export function findField(label: string): HTMLInputElement | HTMLTextAreaElement | null {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
  const found = fields.find(
    (field) =>
      field.getAttribute('aria-label') === label ||
      [...(field.labels ?? [])].some((element) => element.textContent.trim() === label),
  );
  return found ?? null;
}
