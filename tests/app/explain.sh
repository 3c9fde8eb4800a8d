#!/bin/sh
# forklore explain: codes, processes and what is neither.
. "${srcdir:-.}/tests/app/family.sh"

check "a code is explained letter by letter" same \
    "$(printf 'Ss+\n  S  sleeping: waits for something, a signal can wake it\n  s  session leader\n  +  %s' \
        'in the foreground process group of its terminal')" \
    "$("$FORKLORE" explain Ss+)"
for code in s + SS S+s 'S<N' Sq Q 12x; do
    check "$code is no code: status 2" same 2 "$(status_of "$FORKLORE" explain "$code")"
    check "and one line says why" same "1 0" "$(wc -l <"$scratch/err") $(wc -l <"$scratch/out")"
done
check "nothing to explain: status 2" same 2 "$(status_of "$FORKLORE" explain)"

check "a process is explained with its evidence" same 0 "$(status_of "$FORKLORE" explain $parent)"
check "its code is that of ps" same "$parent sleep  $(ps -o stat= -p $parent)" "$(sed -n 1p "$scratch/out")"
check "its state has the field" grep -q '^  S  .*(state = S)$' "$scratch/out"
check "a zombie tells how it ended" same "     it ended by: exit 7" "$("$FORKLORE" explain "$zombie" | tail -n 1)"
check "one explanation for each operand" same 2 "$("$FORKLORE" explain Z "$zombie" | grep -c '^  Z')"

gone=$(sh -c 'echo $$')
check "a process that is not there: status 1" same 1 "$(status_of "$FORKLORE" explain "$gone")"
check "a name that is no feature: status 2" same 2 "$(status_of env FORKLORE_WITHOUT=nothing "$FORKLORE" explain 1)"
check "help goes to the output" same 0 "$(status_of "$FORKLORE" explain --help)"
done_testing
