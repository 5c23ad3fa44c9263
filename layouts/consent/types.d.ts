// The shapes that the modules share. What a page may use is in api.d.ts.

/** The same in every language, or one line a language in the order of the site. */
export type Words = string;

export interface Data {
  /** Name of the cookie that remembers the choice. */
  name: string;
  /** How long a choice is kept, in days. */
  days: number;
  /** A domain that the choice is shared on, or an empty text for this host alone. */
  domain: string;
  /** Index of a language, and of those that it stands in for, by the code in small letters. */
  languages: Record<string, number>;
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
  /** What a record says about the words that were shown: a hash of them. */
  hash: string;
  /** Date of the notice that was in force, or an empty text. */
  notice: string;
  controller: string;
  /** Links of the first layer: path as seen from the script, and label. */
  links: [Words, Words][];
  categories: Category[];
  texts: Record<string, Words>;
  style: string;
}

export interface Category {
  key: string;
  name: Words;
  /** With the reason why consent is not asked, where it is not. */
  purpose: Words;
  exempt?: 1;
  /** Five signs for each cookie, in order, and for each purpose (see `klartekst.consent.facts`). */
  facts: string;
  /** Names that are deleted on withdrawal, as one regular expression a kind of storage. */
  erase: Record<string, string | undefined>;
  providers: Words[];
  /** Rows of the table: name, provider, purpose, lifetime. */
  cookies: Words[][];
}

export interface Memory {
  id: string;
  language: string;
  /** By category: 1 or 0, seconds since 1970 in base 36, facts. */
  answers: Record<string, string[]>;
}
