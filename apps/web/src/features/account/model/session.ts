import { type Observable, State } from '@conclave/client';
import { ACCOUNT_ROUTES, type Account, type SignInAnswer } from '@conclave/protocol';
import { call } from '../../../api/call.ts';
import { PasscodeStore } from '../../home/model/passcodes.ts';

export type Who =
  | { readonly name: 'unknown' }
  | { readonly name: 'nobody'; readonly needsOwner: boolean }
  | { readonly name: 'account'; readonly account: Account }
  /** The server could not be asked. */
  | { readonly name: 'failed'; readonly error: unknown };

/** Who is signed in in this browser. */
export class Session {
  readonly #who = new State<Who>({ name: 'unknown' });
  #asking: Promise<void> | null = null;

  get who(): Observable<Who> {
    return this.#who;
  }

  /** Asks once; again only after a failure, or when told to. */
  load(): Promise<void> {
    const { name } = this.#who.get();
    if (name === 'nobody' || name === 'account') return Promise.resolve();
    return this.reload();
  }

  reload(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** @throws RequestError */
  async signIn(email: string, password: string): Promise<SignInAnswer> {
    return this.answered(await call(ACCOUNT_ROUTES.signIn, { body: { email, password } }));
  }

  /** What a sign-in came to: somebody is in, or is asked for more. */
  answered(answer: SignInAnswer): SignInAnswer {
    if (answer.kind === 'signed-in') this.#who.set({ name: 'account', account: answer.account });
    return answer;
  }

  /** The account is as the server says now. */
  changed(account: Account): void {
    this.#who.set({ name: 'account', account });
  }

  /** @throws RequestError */
  async createOwner(owner: { token: string; email: string; name: string; password: string }): Promise<void> {
    const account = await call(ACCOUNT_ROUTES.createOwner, { body: owner });
    this.#who.set({ name: 'account', account });
  }

  /** Passcodes kept in this browser go with the account. @throws RequestError */
  async signOut(): Promise<void> {
    const who = this.#who.get();
    await call(ACCOUNT_ROUTES.signOut);
    if (who.name === 'account') new PasscodeStore(who.account.id).clear();
    this.#who.set({ name: 'nobody', needsOwner: false });
  }

  /** The server says that nobody is signed in any more. */
  ended(): void {
    this.#who.set({ name: 'nobody', needsOwner: false });
  }

  async #ask(): Promise<void> {
    try {
      const { account, needsOwner } = await call(ACCOUNT_ROUTES.me);
      this.#who.set(account === null ? { name: 'nobody', needsOwner } : { name: 'account', account });
    } catch (error) {
      this.#who.set({ name: 'failed', error });
    }
  }
}

export const session = new Session();
