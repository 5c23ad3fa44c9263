// The shapes that the modules share. What a page may use is in api.d.ts.

/** The same in every language, or one text a language in the order of `Data.languages`. */
export type Words = string | string[];

export interface Data {
  /** Name of the cookie that remembers the choice. */
  name: string;
  /** How long a choice is kept, in days. */
  days: number;
  /** A domain that the choice is shared on, or an empty text for this host alone. */
  domain: string;
  languages: string[];
  /** Languages that are written from right to left. */
  rtl: string[];
  position: string;
  /** Where the permanent control stands, or an empty text for none. */
  control: string;
  /** Whether a withdrawal loads the page anew, if something gated has run on it. */
  reload: boolean;
  gpc: 'note' | 'refuse' | 'ignore';
  /** Where records are sent, or an empty text. */
  endpoint: string;
  /** Google's consent signals and the category that each follows; absent if not used. */
  google?: Record<string, string>;
  /** The category that Meta's consent call follows; absent if not used. */
  meta?: string;
  /** The cookie that keeps the language: its category and its lifetime in days; absent if none. */
  language?: [string, number];
  /** What a record says about the words that were shown: a hash of them by language. */
  hashes: string[];
  /** Date of the notice that was in force, or an empty text. */
  notice: string;
  controller: string;
  /** Links of the first layer: path below the site's base address, and label. */
  links: [Words, Words][];
  /** From the script's own address to the site's base address. */
  base: string;
  categories: Category[];
  texts: Record<string, Words>;
  style: string;
}

export interface Category {
  key: string;
  name: Words;
  purpose: Words;
  /** Why consent is not asked; only where it is not. */
  exempt?: Words;
  /** Five signs for each cookie, in order, and for each purpose (see `klartekst.consent.facts`). */
  facts: string;
  /** Names that are deleted on withdrawal, as one regular expression a kind of storage. */
  erase: Partial<Record<'cookie' | 'localStorage' | 'sessionStorage', string>>;
  providers: Words[];
  /** Rows of the table: name, provider, purpose, lifetime. */
  cookies: Words[][];
}

export interface Answer {
  yes: boolean;
  /** When it was given, in seconds since 1970. */
  time: number;
  facts: string;
}

export interface Memory {
  id: string;
  language: string;
  answers: Record<string, Answer>;
}
