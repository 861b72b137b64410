/**
 * Presses “Go now” in the moment in which the page shows a text. Runs in the page.
 * @throws Error when it has not come in time
 */
export function goOnceAsked({
  text,
  withinMs,
}: {
  readonly text: string;
  readonly withinMs: number;
}): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      observer.disconnect();
      reject(new Error(`waited ${withinMs} ms in vain for "${text}"`));
    }, withinMs);
    const look = (): void => {
      const button = [...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'Go now');
      if (button === undefined || !document.body.innerText.includes(text)) return;
      clearTimeout(timer);
      observer.disconnect();
      button.click();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
  });
}
