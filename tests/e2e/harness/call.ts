import type { Page, Person, PersonOptions } from './page.ts';
import { type Product, startProduct } from './product.ts';
import { type JoinOptions, join, newMeeting, openPerson, owner, setUpOwner } from './steps.ts';

export interface Member {
  readonly person: Person;
  readonly page: Page;
}

/** A running product with its owner signed in, one meeting, and the people that join it. */
export class Call implements AsyncDisposable {
  readonly product: Product;
  readonly owner: Member;
  readonly link: string;
  readonly #open: AsyncDisposableStack;

  private constructor(product: Product, host: Member, link: string, open: AsyncDisposableStack) {
    this.product = product;
    this.owner = host;
    this.link = link;
    this.#open = open;
  }

  /** Starts the product, sets up its owner in Chromium and makes a meeting. Nobody has joined yet. */
  static async open(
    settings: Readonly<Record<string, string>> = {},
    looks: Pick<
      PersonOptions,
      'cameraRate' | 'portrait' | 'host' | 'trustedKeys' | 'authorityFile' | 'viewport'
    > = {},
  ): Promise<Call> {
    await using open = new AsyncDisposableStack();
    const product = open.use(await startProduct(settings));
    const person = open.use(await openPerson('chromium', { name: owner.name, tone: 440, ...looks }));
    const page = await person.openPage();
    await setUpOwner(page, product);
    const link = await newMeeting(page);
    return new Call(product, { person, page }, link, open.move());
  }

  /** The owner joins the meeting that they made. */
  async joinAsOwner(options: Omit<JoinOptions, 'name'> = {}): Promise<Member> {
    await join(this.owner.page, this.link, { name: null, ...options });
    return this.owner;
  }

  /** A guest arrives with the link, in a browser of their own. */
  async joinAsGuest(
    browser: Page['browser'],
    options: PersonOptions & Omit<JoinOptions, 'name'>,
  ): Promise<Member> {
    const guest = await this.arrive(browser, options);
    await join(guest.page, this.link, options);
    return guest;
  }

  /** Somebody with a browser of their own, at no page yet. */
  async arrive(browser: Page['browser'], options: PersonOptions): Promise<Member> {
    const person = this.#open.use(await openPerson(browser, options));
    return { person, page: await person.openPage() };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#open.disposeAsync();
  }
}
