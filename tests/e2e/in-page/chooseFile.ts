export interface ChosenFile {
  readonly name: string;
  /** Written again and again, up to the size. */
  readonly text: string;
  readonly size: number;
}

/**
 * Chooses a file as if somebody had picked it in the browser's window. Runs in the page.
 * @returns SHA-256 of its content, in hexadecimal
 */
export async function chooseFile({ name, text, size }: ChosenFile): Promise<string> {
  const line = new TextEncoder().encode(text);
  const content = new Uint8Array(size);
  for (let at = 0; at < size; at += line.length) content.set(line.subarray(0, size - at), at);
  const chosen = new DataTransfer();
  chosen.items.add(new File([content], name));
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('There is nothing to choose a file with.');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  const hash = await crypto.subtle.digest('SHA-256', content);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
