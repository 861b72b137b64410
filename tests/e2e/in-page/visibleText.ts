/** The text that a person can see on the page, with line breaks. Runs in the page. */
export function visibleText(): string {
  // biome-ignore lint/performance/useDomNodeTextContent: textContent holds what is hidden as well
  return document.body.innerText;
}
