// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Words that can grant, bind, limit or deny. One of them more, or one less, is never a harmless difference between two license
 * texts, however alike they are otherwise. `*`: every word that begins so.
 */
const entries = `
  accept* acknowledg* advertis* affirm* agree* all allow* also although always and any approv* attribut* authoriz* ban banned before but
  can cannot cease* charg* civil* commercial* compensat* compet* condition* confidential* consent* contact* contribut* copyleft cost costs
  covenant* damage* defend* delet* denied denies deny denying derivative* destroy* disclaim* disclos* display* distribut* donat* each either embargo* endors*
  entity entities entitl* ethic* evaluat* every evil except* exclu* exempt* exercis* expir* export* express* fail* fee fees field fields forbid*
  free freely freedom good govern* grant* gratis harm harmed harmful harms however human humans if illegal* implied includ* indemn* infring* internal* irrevoc* kind law laws lawful*
  legal* liab* licens* limit* lose* loss losses make may merg* militar* modif* must name named names neither never no non* none nor not notif*
  nothing notwithstanding nuclear oblig* only or other* otherwise owned ownership owner owners paid pay payable payment* paying pays perm* personal* perpet* port ported ports
  porting present* privat* profit* prohibit* promot* property proprietary provided public* publish* purpose* receiv* redistribut*
  refrain* refus* remov* rent rental renting replac* reproduc* require* research* resell selling sells reserve* restrict* retain* revoc* revok* right
  rights royalt* sell selling sells shall should sold sole solely state stated statement* states statute* statutory subject* sublicens* submit* substantial* sue sued suit surrender* territor*
  terminat* than third trade* transfer* translat* academic* education* universit* unless unlimited until use used user* uses using valid*
  void* waiv* want* warrant* weapon* when where whether which who will within without worldwide write written
  ausschließlich darf kein* nicht nur ohne verboten aucun* interdi* jamais ne pas sans sauf non prohibid*
  不 非 禁 无 無 勿 仅 僅
`
  .trim()
  .split(/\s+/);
const whole = new Set(entries.filter((entry) => !entry.endsWith('*')));
const stems = entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1));
/** By their first two letters, so that a word is compared with a handful. */
const stemsByStart = Map.groupBy(stems, (stem) => stem.slice(0, 2));

/** Words above that are ordinary in a holder's name: "The Regents of the University of California, and other contributors". */
const ofNames = new Set(
  'academic all and any good kind may will contributor contributors education educational entity entities free freedom human legal license limited name named names or other others owner owners present public rights reserved research trade universität university'.split(
    ' ',
  ),
);

/** Whether the word (lower case) may change what a license grants or demands. A number may: "30 days". */
export function bindingWord(word: string): boolean {
  if (/^\d/.test(word) || whole.has(word)) return true;
  return (stemsByStart.get(word.slice(0, 2)) ?? []).some((stem) => word.startsWith(stem));
}

/** The same where a person or an organisation is named, so that a name may be there and a condition may not. */
export function bindingInName(word: string): boolean {
  return !/^\d/.test(word) && !ofNames.has(word) && bindingWord(word);
}
