/** The text that a person can see on the page, with line breaks. Runs in the page. */
export function visibleText(): string {
  // innerText, not textContent: that holds what is hidden as well.
  return document.body.innerText;
}
