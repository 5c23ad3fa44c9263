/**
 * The preview's own words, in the language of the page that it stands on. What the checks say stays
 * in English, as on the command line.
 */

/** @param {number} count @param {string} one @param {string} many @param {string} none */
const counted = (count, one, many, none) => (count === 0 ? none : `${count} ${count === 1 ? one : many}`);

const ENGLISH = {
  preview: 'Preview',
  textShown: 'Text shown',
  views: { 'in force': 'in force', announced: 'announced', working: 'working' },
  findings: (/** @type {number} */ count) => counted(count, 'finding', 'findings', 'no findings'),
  waivedToo: (/** @type {number} */ count) => `, ${count} waived`,
  waived: (/** @type {string} */ reason) => `waived: ${reason}`,
  elsewhere: (/** @type {number} */ count) => `${count} more elsewhere: run “check”`,
  failed: (/** @type {string} */ code) => `the rule ${code} failed`,
  stale: (/** @type {number} */ count) => counted(count, 'stale', 'stale', 'nothing stale'),
  changes: (/** @type {number} */ count) => counted(count, 'change', 'changes', 'no changes'),
  top: 'the start of the page',
  forget: 'Forget consent',
  fault: 'A fault of Klartekst itself',
  problems: (/** @type {number} */ count) => counted(count, 'problem in the sources', 'problems in the sources', ''),
  behind: 'Behind this is the page as it last was. This goes away when the sources are mended.',
  seePage: 'See the page',
};

/** @type {Record<string, typeof ENGLISH>} */
const WORDS = {
  en: ENGLISH,
  nb: {
    preview: 'Forhåndsvisning',
    textShown: 'Tekst som vises',
    views: { 'in force': 'gjeldende', announced: 'kunngjort', working: 'arbeidstekst' },
    findings: (count) => counted(count, 'funn', 'funn', 'ingen funn'),
    waivedToo: (count) => `, ${count} på vent`,
    waived: (reason) => `på vent: ${reason}`,
    elsewhere: (count) => `${count} til andre steder: kjør «check»`,
    failed: (code) => `regelen ${code} sviktet`,
    stale: (count) => counted(count, 'ute av takt', 'ute av takt', 'ingenting ute av takt'),
    changes: (count) => counted(count, 'endring', 'endringer', 'ingen endringer'),
    top: 'begynnelsen av siden',
    forget: 'Glem samtykket',
    fault: 'En feil i Klartekst selv',
    problems: (count) => counted(count, 'feil i kildene', 'feil i kildene', ''),
    behind: 'Bak dette ligger siden slik den sist var. Dette blir borte når kildene er rettet.',
    seePage: 'Se siden',
  },
};

export const words = WORDS[document.documentElement.lang] ?? ENGLISH;

/** The language that the words are in; not always the page's. */
export const language = words === ENGLISH ? 'en' : document.documentElement.lang;
