// What the script gives to a page. Copy this file beside your own sources, or refer to it.

export interface Choice {
  /** Random id of the visitor's record, empty before the first choice. */
  id: string;
  /** When the newest answer was given (ISO 8601), or null. */
  time: string | null;
  /** Language in which the choice was made, or would be. */
  language: string;
  /** Whether every category has an answer that still holds. */
  complete: boolean;
  /** What is allowed now, by the category's key. */
  categories: Record<string, boolean>;
  /** Whether the browser sends the Global Privacy Control. */
  gpc: boolean;
}

/** One decision, in the terms of ISO/IEC TS 27560; its JSON Schema is published beside the script. */
export interface ConsentRecord {
  schema_version: '1';
  record_id: string;
  /** ISO 8601, UTC. */
  event_time: string;
  /** Where and how: `first.accept`, `second.save`, `control.withdraw`, `frame.once`, `api.set` … */
  event_method: string;
  /** ISO 8601 duration. */
  validity_duration: string;
  language: string;
  pii_controller: string;
  /** Hash of the words shown; the words themselves are published beside the script. */
  text_hash: string;
  /** Date of the notice that was in force, or an empty text. */
  notice_version: string;
  gpc: boolean;
  purposes: {
    purpose: string;
    event_state: 'ConsentGiven' | 'ConsentRefused' | 'ConsentWithdrawn';
    /** Marks of the cookies and purposes that the answer covered. */
    covers: string;
  }[];
}

export interface Change {
  choice: Choice;
  granted: string[];
  withdrawn: string[];
}

export interface Events {
  /** Once, when the script has read the choice. */
  ready: Choice;
  /** A layer appears. */
  show: { layer: 'first' | 'second' };
  /** After every decision, also one that changes nothing. */
  record: ConsentRecord;
  /** What is allowed has changed, here or in another tab. */
  change: Change;
  /** A layer goes away. */
  hide: { layer: 'first' | 'second' };
}

export interface Klartekst {
  get(): Choice;
  /** Whether a category may be used now; an unknown one never. */
  allowed(category: string): boolean;
  /** Open the second layer. */
  open(): void;
  accept(): void;
  reject(): void;
  /** Answer some categories and leave the others as they are. */
  set(answers: Record<string, boolean>): void;
  /** Take back the consent to these categories, or to all. */
  withdraw(...categories: string[]): void;
  /** Listen to an event; `ready` calls at once if it has been. Gives a function that stops. */
  on<K extends keyof Events>(name: K, listener: (detail: Events[K]) => void): () => void;
}

declare global {
  interface Window {
    klartekst: Klartekst;
  }
  interface DocumentEventMap {
    'consent:ready': CustomEvent<Choice>;
    'consent:show': CustomEvent<Events['show']>;
    'consent:record': CustomEvent<ConsentRecord>;
    'consent:change': CustomEvent<Change>;
    'consent:hide': CustomEvent<Events['hide']>;
  }
}
