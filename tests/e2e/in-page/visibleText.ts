/**
 * The text on the page, or of the first element that fits the selector `within`, with line breaks: what is shown and
 * what only screen readers read out. Runs in the page.
 */
export function visibleText(within: string | null): string {
  const element = within === null ? document.body : document.querySelector<HTMLElement>(within);
  // innerText, not textContent: that holds what nobody gets as well.
  return element?.innerText ?? '';
}
