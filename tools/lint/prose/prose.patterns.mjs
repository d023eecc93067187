// @ts-check

/**
 * Phrases that a native technical writer would not use, and their replacements. docs/style.md explains why.
 * @type {readonly { phrase: RegExp, instead: string }[]}
 */
export const PATTERNS = [
  { phrase: /\bby (?:itself|themselves)\b/i, instead: 'automatically, on its own' },
  { phrase: /\b(?:goes|go|went|gone|going) on\b/i, instead: 'continues, resumes' },
  { phrase: /\b(?:is|are|was|were|be|been|being) told (?:of|about|by|what|which|when|that|how)\b/i, instead: 'learns, receives, gets' },
  { phrase: /\b(?:tells|tell|told) of\b/i, instead: 'reports, names, says' },
  { phrase: /\bwhat one (?:sees|needs|wants|gets|does|has)\b/i, instead: 'the symptom, the need, you …' },
  { phrase: /\bfor one who\b/i, instead: 'if you, for a client that' },
  { phrase: /\bthan one thinks\b/i, instead: 'than you expect' },
  { phrase: /\b(?:that|which) (?:is|was|are|were) none\b/i, instead: 'invalid, spurious, no …' },
  { phrase: /\bnothing of (?:it|them|that|this)\b/i, instead: 'none of it, nothing else' },
  { phrase: /\bwhat (?:becomes|became|has become) of\b/i, instead: 'the outcome of' },
  { phrase: /\b(?:is|are|was|were) (?:not )?to be\b/i, instead: 'must, must not, will' },
  { phrase: /\bas (?:large|long|many|small|little|far|much) as can be\b/i, instead: 'the largest possible, at most N' },
  { phrase: /\bwhat it means to\b/i, instead: 'the settings for, the effect on' },
  { phrase: /\bwhat there is to\b/i, instead: 'the data of, information about' },
  { phrase: /\blets? loose\b/i, instead: 'injects, starts' },
  { phrase: /\bhas not got\b/i, instead: 'does not have' },
  { phrase: /\bof (?:today|before|old)\b/i, instead: 'current, previous' },
  { phrase: /\bin (?:so|as) far as\b/i, instead: 'if, where' },
  { phrase: /\banew\b/i, instead: 'again' },
  { phrase: /\b(?:hence|whereupon|thereof|therein|thereupon|herein|hereby|thereby)\b/i, instead: 'so, then, in it, by it' },
  {
    phrase: /(?:^|[.;:,] |\s{2})(?:Nor|Neither|So|Never) (?:is|are|does|do|has|have|can|will|was|were|may|must)\b(?! not)/,
    instead: 'subject first, then the verb'
  },
  { phrase: /(?:^|[.:] |\s{2})(?:Right|Wrong|Unwise|Gone|Gone too) (?:is|are)\b/, instead: 'subject first, then the verb' },
  {
    phrase: /\bso (?:can|could|may|must|do|does|is|are) (?:it|they|he|she|the)\b(?= (?:\w+ )?(?:for|with|when|too|also)\b)/i,
    instead: 'the same applies to'
  },
  { phrase: /\b(?:when|if) (?:it|that|the \w+) (?:is|was) none\b(?! of| that| in)/i, instead: 'if it is not one, if it is invalid' },
  { phrase: /\bfor what is none\b/i, instead: 'for anything else' },
  { phrase: /\bin vain\b/i, instead: 'without success' },
  { phrase: /\bfor ever\b/i, instead: 'forever' },
  { phrase: /\bother doors\b/i, instead: 'other APIs' },
  { phrase: /\bby whatever\b/i, instead: 'however, whichever' },
  { phrase: /\b(?:after|for|within) so (?:long|many|much)\b(?! as|[^.;]*\bthat\b)/i, instead: 'this long, this many' },
  { phrase: /\bit stands in\b(?! for| the way)/i, instead: 'it is in' },
  {
    phrase: /\b(?:un)?(?:synchron|recogn|organ|author|normal|initial|serial|summar|optim|prior(?:it))is(?:e|es|ed|ing|ation|ations)\b/i,
    instead: 'American spelling: -ize'
  },
  { phrase: /\b(?:col|behavi|fav|neighb|hon)our(?:s|ed|ing|able)?\b/i, instead: 'American spelling: -or' },
  {
    phrase: /\b(?:cancelled|cancelling|labelled|travelled|catalogues?|judgement|towards|licences?(?!\.|-)|centres?)\b/i,
    instead: 'American spelling: canceled, catalog, toward, license, center'
  }
];
