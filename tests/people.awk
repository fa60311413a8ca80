# Lines of a log that hold eleven digits, delimited, that could be a person's number: right control digits, and a day and a month that exist, those of synthetic
# series included. The place is told, never the number. Exit code 1 when there is one.
function plausible(n,   i, first, second, day, month) {
  for (i = 1; i <= 10; i++) {
    if (i < 10) first += substr(n, i, 1) * substr("376189452", i, 1)
    second += substr(n, i, 1) * substr("5432765432", i, 1)
  }
  first = (11 - first % 11) % 11
  second = (11 - second % 11) % 11
  if (first != substr(n, 10, 1) || second != substr(n, 11, 1)) return 0
  day = substr(n, 1, 2) % 40
  month = substr(n, 3, 2) + 0
  month = month > 80 ? month - 80 : month > 65 ? month - 65 : month > 40 ? month - 40 : month
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

{
  parts = split($0, runs, /[^0-9]+/)
  for (r = 1; r <= parts; r++) {
    if (length(runs[r]) == 11 && plausible(runs[r])) { print FILENAME ":" FNR; found = 1 }
  }
}

END { exit found }
