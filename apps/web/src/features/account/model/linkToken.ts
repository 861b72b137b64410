let token: string | null = null;

/** The token that the address carried. Held by this page alone: a reload needs the link again. */
export function linkToken(): string | null {
  return token;
}

export function keepLinkToken(value: string): void {
  token = value;
}
