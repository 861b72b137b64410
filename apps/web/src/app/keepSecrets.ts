import { keepLinkToken } from '../features/account/model/linkToken.ts';
import { TabMemory } from '../features/visit/model/tabMemory.ts';
import { type Fragment, takeFragment } from './fragment.ts';

/** Takes the secret of the address now, and of every link that is opened in this tab later. */
export function keepSecrets(window: Window): void {
  keep(takeFragment(window));
  window.addEventListener('hashchange', () => {
    // Only the fragment has changed, so the browser has not loaded the page again.
    if (keep(takeFragment(window))) window.location.reload();
  });
}

/** @returns whether the page has something new to start from. */
function keep(fragment: Fragment | null): boolean {
  if (fragment === null) return false;
  if (fragment.kind === 'link') {
    keepLinkToken(fragment.token);
    return false;
  }
  const memory = new TabMemory(fragment.meetingId);
  const before = memory.read();
  // What this link says nothing about stays as another link or the person said it.
  const now = {
    passcode: fragment.passcode ?? before.passcode,
    invitation: fragment.invitation ?? before.invitation,
  };
  memory.update(now);
  // Whoever opens it again and is not inside wants to go in, and has perhaps left before.
  return now.passcode !== before.passcode || now.invitation !== before.invitation || !before.inRoom;
}
