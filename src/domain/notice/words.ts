/** Words that change what a list in a notice means. All in lower case. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

/** Between the members of a list. */
export const CONNECTORS = words('and or & and/or , ; " “ ” | •')

/** Between the two ends of a range. */
export const RANGE_CONNECTORS = words('- – — through thru to')

/** Between a label and its list. Whatever else stands there may turn the meaning round. */
export const LABEL_FILLERS = words('affected are is include includes including range ranges from')

/** After a value: it is the end of a range whose other end is not printed. */
export const OPEN_ENDED = words(
  'above higher greater up upward upwards later newer lower below earlier older less prior before' +
    ' after since onward onwards forward beyond under over subsequent previous following series' +
    ' prefix suffix through thru to until present current xx',
)

/** Before a label: its value is one end of a range. */
export const BOUNDS = words(
  'between before after prior than until above below since through thru to up starting beginning' +
    ' ending commencing exceeding',
)

/** What follows, up to the end of the sentence, is not affected. */
export const EXCLUSIONS = words(
  'except excepting excluding excludes exclude replacement replaced replaces',
)

/** They turn round what follows them. */
export const NEGATORS = words(
  "not never cannot isn't aren't wasn't weren't doesn't don't didn't can't",
)

/** Verbs that a predicate begins with. */
export const AUXILIARIES = words(
  'is are was were be been being has have had do does did will may can should must remain remains',
)

/** After "do not": the units are affected indeed. */
export const USES = words('use distribute sell implant administer ship dispense operate')

/** Units that the list does not name. */
export const OTHERS = words(
  'other others remaining rest else elsewhere not listed mentioned outside without',
)

/** After "not": nothing is excluded, a value is only missing. */
export const MISSING = words('available applicable provided assigned required known listed')

/** After a number: it is a quantity. */
export const UNITS = words(
  'unit units ea each pc pcs piece pieces box boxes case cases kit kits pack packs device devices' +
    ' mm cm ml mg mcg inch inches in ft fr french ga gauge kg lb lbs oz percent % degrees volts v' +
    ' hz days day weeks months years hours minutes per x pairs bottles vials syringes systems',
)

/** After "all": the text speaks of every unit. */
export const ALL_OF = words(
  'unit units device devices product products lot lots batch batches serial serials system' +
    ' systems item items model models code codes kits',
)
