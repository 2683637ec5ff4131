/** What `devicetrail recall --help` says beside its options. */

export const RECALL_EXIT_CODES = `
   0  answered, and nothing is open         1 answered, and a person must look:
      a value matched nothing, units cannot be excluded, part of a notice was not understood,
      a scope was only proposed, units of an issued recall are unaccounted
`

export const RECALL_EXAMPLES = `
  devicetrail recall --model 09520000001018 --lot PDR-2502 --lot PDR-2503
  devicetrail recall --model demo-model-1 --lot "PDR-25*" --show units --format csv > units.csv

  devicetrail recall --notice notice.txt                    read the notice, look nothing up
  devicetrail recall --notice notice.txt --propose > scope.json
  devicetrail recall --scope scope.json                     after you have checked the file
  devicetrail recall --scope scope.json --show consignees --format csv > consignees.csv

  devicetrail recall --issued demo-recall-2                 an issued recall: how it is going
  devicetrail recall --issued demo-recall-2 --show units    the units that are unaccounted for
`

export const RECALL_HELP = `
Different options narrow the scope, repeated ones widen it. Views of --show:
  summary     totals, where the units are, lots, values that matched nothing, first consignees
  consignees  everybody who received units, present and past, with counts and dates (21 CFR
              806.10(c)(11)), and whom units are on the way to; all of them
  units       every unit, also those that the record cannot exclude
  unmatched   values that matched nothing, with the reason
With --issued, summary lists the consignees and units those units that are not reconciled.
A notice is read into scopes, group by group. That is a proposal and may be wrong: check it against
the notice. In the file, "scope" may have models, lots, serials, deviceIds, manufacturedFrom,
manufacturedTo, expiresFrom and expiresTo; delete an entry of "notUnderstood" when you have dealt
with it. Each group is looked up by itself, all of them at one block.
`
