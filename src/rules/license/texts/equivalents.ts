// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Words that mean the same in a license, from the SPDX license list's `equivalentwords.txt`, plus the inflected forms of the
 * same words, and https for http (SPDX 3, matching guidelines, "Varietal word spelling" and "HTTP protocol").
 */
const spellings: Readonly<Record<string, string>> = {
  acknowledgement: 'acknowledgment',
  acknowledgements: 'acknowledgments',
  analogue: 'analog',
  analyse: 'analyze',
  artefact: 'artifact',
  artefacts: 'artifacts',
  authorisation: 'authorization',
  authorise: 'authorize',
  authorised: 'authorized',
  calibre: 'caliber',
  cancelled: 'canceled',
  capitalisations: 'capitalizations',
  catalogue: 'catalog',
  categorise: 'categorize',
  centre: 'center',
  emphasised: 'emphasized',
  favour: 'favor',
  favourite: 'favorite',
  fulfil: 'fulfill',
  fulfilment: 'fulfillment',
  https: 'http',
  initialise: 'initialize',
  judgement: 'judgment',
  labelling: 'labeling',
  labour: 'labor',
  licence: 'license',
  licences: 'licenses',
  licenced: 'licensed',
  maximise: 'maximize',
  modelled: 'modeled',
  modelling: 'modeling',
  offence: 'offense',
  optimise: 'optimize',
  organisation: 'organization',
  organisations: 'organizations',
  organise: 'organize',
  practise: 'practice',
  programme: 'program',
  realise: 'realize',
  recognise: 'recognize',
  recognised: 'recognized',
  signalling: 'signaling',
  sublicence: 'sublicense',
  utilisation: 'utilization',
  whilst: 'while',
  wilful: 'willful',
  wilfull: 'willful',
};

/** Two words that are one: what follows ─► what stood before it ─► the word. */
const pairs = new Map<string, ReadonlyMap<string, string>>([
  ['commercial', new Map([['non', 'noncommercial']])],
  ['cent', new Map([['per', 'percent']])],
  ['license', new Map([['sub', 'sublicense']])],
  ['licensed', new Map([['sub', 'sublicensed']])],
  ['licensing', new Map([['sub', 'sublicensing']])],
  ['owner', new Map([['copyright', 'copyright holder']])],
  ['owners', new Map([['copyright', 'copyright holders']])],
  ['holder', new Map([['copyright', 'copyright holder']])],
  ['holders', new Map([['copyright', 'copyright holders']])],
]);
const varietal = new Map(Object.entries(spellings));

/**
 * The one spelling of a word. `joined`: it makes one word with the one before it (`non-commercial`, `copyright owner`), which
 * it then replaces.
 */
export function equivalent(word: string, previous: string | undefined): { word: string; joined: boolean } {
  const spelled = varietal.get(word) ?? word;
  const joined = previous === undefined ? undefined : pairs.get(spelled)?.get(previous);
  return joined === undefined ? { word: spelled, joined: false } : { word: joined, joined: true };
}
